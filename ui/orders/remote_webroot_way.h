// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/orders/proof_way.h"

class QLineEdit;

namespace ui {

/// http-01, by a folder that a web server on another host serves; reached by the system's ssh.
class RemoteWebrootWay final : public ProofWay {
    Q_OBJECT

public:
    explicit RemoteWebrootWay(QWidget* parent = nullptr);

    QString key() const override;
    QString title() const override;
    bool propose(const lifecycle::Authority& authority, const Preferences& settings) override;
    void remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const override;
    bool take(const challenge::ProofSettings& proof) override;
    base::Result<challenge::ProofSettings> entered() const override;
    QString summary() const override;

private:
    QString host() const;
    QString folder() const;

    QLineEdit* m_host;
    QLineEdit* m_folder;
};

} // namespace ui
