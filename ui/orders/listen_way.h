// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/orders/proof_way.h"

class QLineEdit;

namespace ui {

/// http-01 or tls-alpn-01, answered by a built-in responder on an address.
class ListenWay final : public ProofWay {
    Q_OBJECT

public:
    enum class Challenge { Http01, TlsAlpn01 };

    explicit ListenWay(Challenge challenge, QWidget* parent = nullptr);

    QString key() const override;
    QString title() const override;
    bool propose(const lifecycle::Authority& authority, const Preferences& settings) override;
    void remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const override;
    bool take(const challenge::ProofSettings& proof) override;
    base::Result<challenge::ProofSettings> entered() const override;
    QString hint() const override;
    QString summary() const override;

private:
    QString settingsName() const;

    Challenge m_challenge;
    QLineEdit* m_address;
};

} // namespace ui
