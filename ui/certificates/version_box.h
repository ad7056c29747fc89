// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/managed_certificate.h"
#include "ui/common/workspace.h"

#include <QComboBox>

namespace ui {

/// Chooses one of the versions of a certificate, the current one first.
class VersionBox : public QComboBox {
    Q_OBJECT

public:
    explicit VersionBox(const QString& objectName, QWidget* parent = nullptr);

    /// Reads the versions; versionsRead() tells when they are there.
    void read(Workspace& workspace, const QString& certificateId);
    /// The chosen one, or null as long as they are being read.
    const lifecycle::CertificateVersion* chosen() const;
    /// Whether the version in that row is revoked; false as long as they are being read.
    bool isRevoked(int row) const;
    /// Moves to the first version that is not revoked, and makes the revoked ones unavailable.
    void leaveOutRevoked();

Q_SIGNALS:
    void versionsRead();

private:
    void fill(const QString& currentId);

    QList<lifecycle::CertificateVersion> m_versions;
};

} // namespace ui
