// SPDX-License-Identifier: Apache-2.0
#include "benchmark/desktop_core.h"
#include "benchmark/measuring_application.h"
#include "benchmark/on_thread.h"
#include "benchmark/servers.h"
#include "ui/common/look.h"
#include "ui/common/preferences.h"
#include "ui/main_window.h"

#include <QCommandLineParser>
#include <QFile>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <optional>

// Places many orders at once in one process, with one account and one responder, while the window lists them: the real
// desktop program's core and window, pebble or Caddy, and BIND for dns-01. Usage and figures: README.md in this folder.

namespace {

using namespace Qt::StringLiterals;
using benchmark::answerOf;
using benchmark::CertificateManager;
using benchmark::MeasuringApplication;
using benchmark::OnThread;
using benchmark::peakMiB;
using benchmark::runUntil;
using benchmark::Servers;

constexpr int mostSilentMs = 120'000;
constexpr int lookEveryMs = 250;
constexpr int settleMs = 500;

struct Options {
    int orders = 1000;
    int atOnce = 1000;
    benchmark::ServerOptions servers;
};

Options optionsFrom(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"orders"_s, u"How many orders."_s, u"N"_s, u"1000"_s});
    parser.addOption({u"at-once"_s, u"How many of them may be unfinished at a time; all unless given."_s, u"N"_s});
    parser.addOption({u"challenge"_s, u"http-01 or dns-01."_s, u"TYPE"_s, u"http-01"_s});
    parser.addOption({u"server"_s, u"pebble or caddy."_s, u"NAME"_s, u"pebble"_s});
    parser.process(arguments);
    Options options;
    options.orders = parser.value(u"orders"_s).toInt();
    options.atOnce = parser.isSet(u"at-once"_s) ? parser.value(u"at-once"_s).toInt() : options.orders;
    options.servers.dns = parser.value(u"challenge"_s) == u"dns-01";
    options.servers.caddy = parser.value(u"server"_s) == u"caddy";
    return options;
}

challenge::ProofSettings proofBy(CertificateManager& manager, Servers& servers, bool dns, const QString& folder,
                                 QObject* context)
{
    if (!dns)
        return challenge::ProofSettings::http01Listening(servers.responder());
    QFile key(folder + u"/zone.key"_s);
    if (!key.open(QIODevice::WriteOnly) || key.write(servers.zoneKey()) < 0)
        qFatal("cannot write the key file");
    key.close();
    lifecycle::SolverDetails details;
    details.name = u"BIND"_s;
    details.server = servers.dnsServer();
    details.keyFilePath = key.fileName();
    const auto name = base::Identifier::parse(u"first.benchmark.test"_s).value();
    std::optional<challenge::ProofSettings> proof;
    manager.putSolver(details, name, context, [&proof](const auto& settings) {
        if (!settings)
            qFatal("%s", qPrintable(settings.error().message()));
        proof = challenge::ProofSettings::dns01(*settings);
    });
    runUntil([&proof] { return proof.has_value(); });
    return *proof;
}

/// Places the orders, as many as may be unfinished at a time, and counts what became of them.
class Rush {
public:
    Rush(CertificateManager& manager, const Servers& servers, lifecycle::IssueRequest request, Options options)
        : m_manager(manager)
        , m_servers(servers)
        , m_request(std::move(request))
        , m_options(options)
    {
        m_silence.start();
        QObject::connect(&m_look, &QTimer::timeout, &m_look, [this] { look(); });
        m_look.start(lookEveryMs);
        placeMore();
    }

    bool isOver() const { return m_ended == m_options.orders || m_silence.elapsed() > mostSilentMs; }
    int issued() const { return m_issued; }
    int refused() const { return m_refused; }

private:
    void placeMore()
    {
        while (m_placed < m_options.orders && m_placed - m_ended < m_options.atOnce)
            placeOne();
    }

    void placeOne()
    {
        lifecycle::IssueRequest request = m_request;
        request.names = base::parseIdentifiers({m_servers.name(m_placed++)}).value();
        m_manager.placeOrder(request, &m_look, [this](const base::Result<QString>& id) {
            if (id)
                return;
            if (m_refused++ == 0)
                std::fprintf(stderr, "%s\n", qPrintable(id.error().message()));
        });
    }

    void look()
    {
        m_manager.overview(&m_look, [this](const base::Result<lifecycle::Overview>& overview) {
            if (!overview)
                return;
            const int ended = overview->counts.safe + overview->counts.needAttention + m_refused;
            m_issued = overview->counts.safe;
            if (ended > m_ended)
                m_silence.restart();
            m_ended = ended;
            placeMore();
        });
    }

    CertificateManager& m_manager;
    const Servers& m_servers;
    lifecycle::IssueRequest m_request;
    Options m_options;
    QTimer m_look;
    QElapsedTimer m_silence;
    int m_placed = 0;
    int m_refused = 0; ///< never became an order
    int m_issued = 0;
    int m_ended = 0;
};

/// How many orders ended or stand how.
void printStates(CertificateManager& manager, int orders, QObject* context)
{
    QMap<QString, int> states;
    const auto rows =
        answerOf<QList<lifecycle::OrderRow>>([&](auto reply) { manager.orders(0, orders, context, std::move(reply)); });
    QString error;
    for (const lifecycle::OrderRow& row : rows) {
        ++states[lifecycle::orderStateName(row.state)];
        error = row.error.isEmpty() ? error : row.error;
    }
    for (auto state = states.begin(); state != states.end(); ++state)
        std::printf("  %-34s %d\n", qPrintable(state.key()), state.value());
    if (!error.isEmpty())
        std::printf("  one error: %s\n", qPrintable(error));
}

int measure(MeasuringApplication& application, CertificateManager& manager, ui::MainWindow& window,
            const Servers& servers, const lifecycle::IssueRequest& request, Options options)
{
    window.showScreen(ui::ScreenId::Orders);
    bool settled = false;
    QTimer::singleShot(settleMs, &window, [&settled] { settled = true; });
    runUntil([&settled] { return settled; });
    const double before = peakMiB();
    application.begin();
    QElapsedTimer timer;
    timer.start();
    int issued = 0;
    {
        Rush rush(manager, servers, request, options);
        runUntil([&rush] { return rush.isOver(); });
        issued = rush.issued();
    }
    std::printf("%d orders over %s, %d at once, one account, one process, %s\n", options.orders,
                qPrintable(request.proof.challengeType), options.atOnce, options.servers.caddy ? "Caddy" : "pebble");
    std::printf("%-36s %d\n", "issued", issued);
    std::printf("%-36s %.1f s\n", "wall time", static_cast<double>(timer.elapsed()) / 1e3);
    std::printf("%-36s %.0f MiB, %.0f MiB before the first order\n", "peak RSS, window and core", peakMiB(), before);
    application.report("window's event loop");
    if (issued == options.orders)
        return 0;
    printStates(manager, options.orders, &window);
    return 1;
}

int run(MeasuringApplication& application, app::CoreThread& core, Servers& servers, const QString& folder,
        Options options)
{
    const auto manager = core.makeManager();
    ui::Preferences settings(folder + u"/settings"_s);
    ui::MainWindow window(*manager, settings, folder);
    benchmark::createVault(*manager, &window);
    const lifecycle::Authority authority =
        benchmark::addAuthority(*manager, servers.directoryUrl(), servers.rootPem(), &window);
    lifecycle::AccountDetails account;
    account.authorityId = authority.id;
    account.termsAgreed = true;
    answerOf<lifecycle::Account>([&](auto reply) { manager->registerAccount(account, &window, std::move(reply)); });
    lifecycle::IssueRequest request;
    request.authorityId = authority.id;
    request.proof = proofBy(*manager, servers, options.servers.dns, folder, &window);
    window.resize(1024, 700);
    window.show();
    window.begin(nullptr);
    return measure(application, *manager, window, servers, request, options);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    MeasuringApplication application(argc, argv);
    const Options options = optionsFrom(QCoreApplication::arguments());
    ui::applyLook(application, ui::Appearance::Light);
    OnThread<Servers> servers;
    servers.run([&] { servers.object().start(options.servers); });
    const QTemporaryDir folder;
    app::CoreThread core;
    benchmark::openCore(core, folder.path() + u"/data"_s);
    const int exitCode = run(application, core, servers.object(), folder.path(), options);
    benchmark::closeCore(core);
    return exitCode;
}
