// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/version_box.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/date_text.h"

#include <QStandardItemModel>

namespace ui {

VersionBox::VersionBox(const QString& objectName, QWidget* parent)
    : QComboBox(parent)
{
    setObjectName(objectName);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
}

void VersionBox::read(Workspace& workspace, const QString& certificateId)
{
    workspace.manager.certificate(certificateId, this, [this](base::Result<lifecycle::CertificateDetails> details) {
        if (!details)
            return;
        m_versions = details->versions;
        fill(details->certificate.currentVersionId);
        Q_EMIT versionsRead();
    });
}

void VersionBox::fill(const QString& currentId)
{
    clear();
    for (const lifecycle::CertificateVersion& version : std::as_const(m_versions)) {
        const QString issued = localTime(version.issuedAt);
        QString text = version.id == currentId ? tr("Current, issued %1").arg(issued) : tr("Issued %1").arg(issued);
        if (version.revokedAt.isValid())
            text = tr("%1, revoked").arg(text);
        addItem(tr("%1 · serial %2").arg(text, version.serial), version.id);
    }
}

void VersionBox::leaveOutRevoked()
{
    auto* items = qobject_cast<QStandardItemModel*>(model());
    int first = -1;
    for (int row = 0; row < count(); ++row) {
        items->item(row)->setEnabled(!isRevoked(row));
        if (!isRevoked(row) && first < 0)
            first = row;
    }
    setCurrentIndex(first);
}

bool VersionBox::isRevoked(int row) const
{
    return row < m_versions.size() && m_versions.at(row).revokedAt.isValid();
}

const lifecycle::CertificateVersion* VersionBox::chosen() const
{
    const int row = currentIndex();
    return row >= 0 && row < m_versions.size() ? &m_versions.at(row) : nullptr;
}

} // namespace ui
