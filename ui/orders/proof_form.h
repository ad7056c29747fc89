// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/proof_settings.h"
#include "lifecycle/solvers.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;

namespace lifecycle {
struct Authority;
}
class QSettings;

namespace ui {

/// How the names are proved: by the built-in responder on an address, by a folder that another web server serves, or
/// by a DNS server that takes updates.
class ProofForm : public QWidget {
    Q_OBJECT

public:
    explicit ProofForm(Workspace& workspace, QWidget* parent = nullptr);

    /// Proposes what was used with the authority last, else what suits it.
    void propose(const lifecycle::Authority& authority, const QSettings& settings);
    void remember(const lifecycle::Authority& authority, QSettings& settings) const;
    /// What was entered; the error names "listenAddress", "webroot" or "solver". Without a solver where newServer() has
    /// to be stored first.
    base::Result<challenge::ProofSettings> entered() const;
    /// A DNS server that was entered here and is not stored yet.
    std::optional<lifecycle::SolverDetails> newServer() const;
    /// Offers a DNS server that was stored, and chooses it.
    void offer(const challenge::DnsUpdateSettings& settings);
    /// Where the authority will look, in words; empty where it depends on the authority.
    QString hint() const;
    /// The way that is chosen, in words.
    QString summary() const;

Q_SIGNALS:
    void changed();

private:
    QWidget* makeServerRows();
    QWidget* makeLine(QLineEdit* line, const QString& browseName, bool folder);
    void showChosen();
    void fillServers(const QList<challenge::DnsUpdateSettings>& servers);

    Workspace& m_workspace;
    QString m_proposedFor; ///< the authority whose usual settings were filled in
    QString m_wantedServer; ///< the id of the DNS server to choose once they are known
    QList<challenge::DnsUpdateSettings> m_servers;
    QComboBox* m_way;
    QLineEdit* m_listen;
    QLineEdit* m_webroot;
    QComboBox* m_server;
    QLineEdit* m_newServer;
    QLineEdit* m_keyFile;
    QWidget* m_webrootRow;
    QWidget* m_newServerRows;
};

} // namespace ui
