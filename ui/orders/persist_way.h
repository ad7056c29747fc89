// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/orders/proof_way.h"

namespace ui {

/// dns-persist-01, by a record that is in DNS already: there is nothing to enter.
class PersistWay final : public ProofWay {
    Q_OBJECT

public:
    using ProofWay::ProofWay;

    QString key() const override;
    QString title() const override;
    bool propose(const lifecycle::Authority& authority, const Preferences& settings) override;
    void remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const override;
    bool take(const challenge::ProofSettings& proof) override;
    base::Result<challenge::ProofSettings> entered() const override;
    QString hint() const override;
    QString summary() const override;
};

} // namespace ui
