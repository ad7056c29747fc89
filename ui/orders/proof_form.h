// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/proof_settings.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace lifecycle {
struct Authority;
}
class QSettings;

namespace ui {

/// How the names are proved: by the built-in responder on an address, or by a folder that another web server serves.
class ProofForm : public QWidget {
    Q_OBJECT

public:
    explicit ProofForm(QWidget* parent = nullptr);

    /// Proposes what was used with the authority last, else what suits it.
    void propose(const lifecycle::Authority& authority, const QSettings& settings);
    void remember(const lifecycle::Authority& authority, QSettings& settings) const;
    /// What was entered; the error names "listenAddress" or "webroot".
    base::Result<challenge::ProofSettings> entered() const;
    /// The way that is chosen, in words.
    QString summary() const;

Q_SIGNALS:
    void changed();

private:
    void showChosen();

    QString m_proposedFor; ///< the authority whose usual settings were filled in
    QComboBox* m_way;
    QLineEdit* m_listen;
    QWidget* m_webrootRow;
    QLineEdit* m_webroot;
};

} // namespace ui
