// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/proof_form.h"

#include "lifecycle/authority.h"
#include "lifecycle/certificate_manager.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QSettings>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using challenge::DnsUpdateSettings;
using challenge::ProofSettings;

enum Way { BuiltIn, Webroot, Dns };

QString key(const lifecycle::Authority& authority, const QString& what)
{
    return u"proof/%1/%2"_s.arg(authority.id, what);
}

QLineEdit* makeEdit(const QString& objectName, const QString& accessibleName, const QString& placeholder)
{
    auto* line = new QLineEdit;
    line->setObjectName(objectName);
    line->setAccessibleName(accessibleName);
    line->setPlaceholderText(placeholder);
    return line;
}

} // namespace

ProofForm::ProofForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_way(new QComboBox)
    , m_listen(makeEdit(u"proofListenAddress"_s, tr("Address and port to listen on"),
                        tr("ADDRESS:PORT, for example 0.0.0.0:80")))
    , m_webroot(makeEdit(u"proofWebroot"_s, tr("Folder that the web server serves"), u"/var/www/html"_s))
    , m_server(new QComboBox)
    , m_newServer(makeEdit(u"proofDnsServer"_s, tr("Primary DNS server of the names' zone"),
                           tr("HOST or HOST:PORT, for example ns1.corp.example")))
    , m_keyFile(makeEdit(u"proofTsigFile"_s, tr("File with the TSIG key"),
                         tr("Key file, as nsupdate -k takes it; kept in the vault")))
    , m_webrootRow(makeLine(m_webroot, u"proofWebrootBrowse"_s, true))
    , m_newServerRows(makeServerRows())
{
    m_way->setObjectName(u"proofWay"_s);
    m_way->setAccessibleName(tr("How names are proved"));
    m_way->addItems({tr("http-01, answered by Sealwright itself"), tr("http-01, by the folder of a web server"),
                     tr("dns-01, by updates of a DNS server (RFC 2136)")});
    m_server->setObjectName(u"proofSolver"_s);
    m_server->setAccessibleName(tr("DNS server that is updated"));
    fillServers({});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* row : std::initializer_list<QWidget*> {m_way, m_listen, m_webrootRow, m_server, m_newServerRows})
        layout->addWidget(row);
    connect(m_way, &QComboBox::currentIndexChanged, this, &ProofForm::showChosen);
    connect(m_server, &QComboBox::currentIndexChanged, this, &ProofForm::showChosen);
    for (const QLineEdit* line : {m_listen, m_webroot, m_newServer, m_keyFile})
        connect(line, &QLineEdit::textChanged, this, &ProofForm::changed);
    showChosen();
}

QWidget* ProofForm::makeServerRows()
{
    auto* rows = new QWidget;
    auto* layout = new QVBoxLayout(rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_newServer);
    layout->addWidget(makeLine(m_keyFile, u"proofTsigBrowse"_s, false));
    return rows;
}

QWidget* ProofForm::makeLine(QLineEdit* line, const QString& browseName, bool folder)
{
    auto* row = new QWidget;
    QPushButton* browse = makeButton(tr("Bro&wse…"), browseName, u"folder"_s);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(line, 1);
    layout->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, [this, line, folder] {
        auto* dialog = new QFileDialog(this, line->accessibleName());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
        dialog->open();
    });
    return row;
}

void ProofForm::showChosen()
{
    const int way = m_way->currentIndex();
    m_listen->setVisible(way == BuiltIn);
    m_webrootRow->setVisible(way == Webroot);
    m_server->setVisible(way == Dns && !m_servers.isEmpty());
    m_newServerRows->setVisible(way == Dns && m_server->currentData().toString().isEmpty());
    Q_EMIT changed();
}

void ProofForm::fillServers(const QList<DnsUpdateSettings>& servers)
{
    m_servers = servers;
    const QSignalBlocker blocker(m_server);
    m_server->clear();
    for (const DnsUpdateSettings& server : servers)
        m_server->addItem(server.name, server.id);
    m_server->addItem(tr("Another DNS server…"), QString());
    m_server->setCurrentIndex(m_wantedServer.isEmpty() ? 0 : std::max(0, m_server->findData(m_wantedServer)));
    showChosen();
}

void ProofForm::offer(const DnsUpdateSettings& settings)
{
    m_wantedServer = settings.id;
    QList<DnsUpdateSettings> servers = m_servers;
    servers.removeIf([&](const DnsUpdateSettings& server) { return server.id == settings.id; });
    fillServers(servers << settings);
}

void ProofForm::propose(const lifecycle::Authority& authority, const QSettings& settings)
{
    // What the operator typed while the list of authorities was on its way stays, unless another one is chosen.
    const bool another = !m_proposedFor.isEmpty() && m_proposedFor != authority.id;
    m_proposedFor = authority.id;
    const bool typed =
        m_listen->isModified() || m_webroot->isModified() || m_newServer->isModified() || m_keyFile->isModified();
    if (!another && typed)
        return;
    const QString usual = authority.meta.kind == u"pebble" ? u"127.0.0.1:5002"_s : u"0.0.0.0:80"_s;
    m_listen->setText(settings.value(key(authority, u"listenAddress"_s), usual).toString());
    m_webroot->setText(settings.value(key(authority, u"webroot"_s)).toString());
    m_wantedServer = settings.value(key(authority, u"solver"_s)).toString();
    m_way->setCurrentIndex(!m_wantedServer.isEmpty() ? Dns : m_webroot->text().isEmpty() ? BuiltIn : Webroot);
    m_workspace.manager.solvers(this, [this](base::Result<QList<DnsUpdateSettings>> servers) {
        if (servers)
            fillServers(*servers);
    });
}

void ProofForm::remember(const lifecycle::Authority& authority, QSettings& settings) const
{
    const int way = m_way->currentIndex();
    settings.setValue(key(authority, u"listenAddress"_s), m_listen->text().trimmed());
    settings.setValue(key(authority, u"webroot"_s), way == Webroot ? m_webroot->text().trimmed() : QString());
    settings.setValue(key(authority, u"solver"_s), way == Dns ? m_server->currentData().toString() : QString());
}

std::optional<lifecycle::SolverDetails> ProofForm::newServer() const
{
    if (m_way->currentIndex() != Dns || !m_server->currentData().toString().isEmpty())
        return std::nullopt;
    return lifecycle::SolverDetails {{}, m_newServer->text().trimmed(), m_keyFile->text().trimmed(), {}};
}

base::Result<ProofSettings> ProofForm::entered() const
{
    const QString webroot = m_webroot->text().trimmed();
    const QString listen = m_listen->text().trimmed();
    if (m_way->currentIndex() == Dns) {
        const auto server = newServer();
        if (server && (server->server.isEmpty() || server->keyFilePath.isEmpty()))
            return base::invalid(u"solver"_s, tr("Name the DNS server and the file with its key."));
        return ProofSettings::dns01(m_servers.value(m_server->currentIndex()));
    }
    if (m_way->currentIndex() == Webroot) {
        if (webroot.isEmpty())
            return base::invalid(u"webroot"_s, tr("Name the folder that the web server serves."));
        return ProofSettings::http01Webroot(webroot);
    }
    const QString port = listen.section(u':', -1);
    bool number = false;
    const uint value = port.toUInt(&number);
    if (!listen.contains(u':') || !number || value == 0 || value > 65535)
        return base::invalid(u"listenAddress"_s, tr("Write it as ADDRESS:PORT, for example 0.0.0.0:80."));
    return ProofSettings::http01Listening(listen);
}

QString ProofForm::hint() const
{
    return m_way->currentIndex() == Dns
        ? tr("The authority looks for a TXT record of each name; wildcards are possible.")
        : QString();
}

QString ProofForm::summary() const
{
    switch (m_way->currentIndex()) {
    case Webroot:
        return tr("http-01, by the folder %1").arg(m_webroot->text());
    case Dns:
        return tr("dns-01, by %1").arg(m_server->currentText());
    default:
        return tr("http-01, answered on %1").arg(m_listen->text());
    }
}

} // namespace ui
