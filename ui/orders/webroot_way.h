// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/orders/proof_way.h"

namespace ui {

class PathField;

/// http-01, by a folder that another web server serves.
class WebrootWay final : public ProofWay {
    Q_OBJECT

public:
    explicit WebrootWay(QWidget* parent = nullptr);

    QString key() const override;
    QString title() const override;
    bool propose(const lifecycle::Authority& authority, const Preferences& settings) override;
    void remember(const lifecycle::Authority& authority, Preferences& settings, bool chosen) const override;
    bool take(const challenge::ProofSettings& proof) override;
    base::Result<challenge::ProofSettings> entered() const override;
    QString summary() const override;

private:
    PathField* m_folder;
};

} // namespace ui
