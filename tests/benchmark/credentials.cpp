// SPDX-License-Identifier: Apache-2.0
#include "base/platform.h"
#include "benchmark/desktop_core.h"
#include "benchmark/measuring_application.h"
#include "benchmark/on_thread.h"
#include "crypto/random.h"
#include "lifecycle/bulk_registration.h"
#include "lifecycle/credential_import.h"
#include "support/pebble_server.h"
#include "ui/common/look.h"
#include "ui/common/preferences.h"
#include "ui/main_window.h"

#include <QCommandLineParser>
#include <QFile>

// Imports many EAB credentials from CSV and registers an account with each, while the window lists accounts: the real
// desktop program's core and window, against a pebble that demands them. Usage and figures: README.md in this folder.

namespace {

using namespace Qt::StringLiterals;
using benchmark::answerOf;
using benchmark::CertificateManager;
using benchmark::MeasuringApplication;
using benchmark::OnThread;
using lifecycle::CredentialImportPreview;
using Keys = QMap<QString, QString>;

constexpr int keySize = 32; // HS256

struct Server {
    support::RunningPebble pebble;

    /// It takes the processor after the window that is measured, as if it were another machine's.
    void start(const Keys& keys)
    {
        base::platform::yieldToOtherThreads();
        practice::PebbleOptions options;
        options.nonceReject = 0;
        options.eabRequired = true;
        options.eabKeys = keys;
        pebble = support::startPebble(options);
    }
};

int credentialsWanted(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"credentials"_s, u"How many credentials."_s, u"N"_s, u"3000"_s});
    parser.process(arguments);
    return parser.value(u"credentials"_s).toInt();
}

Keys makeKeys(int count)
{
    Keys keys;
    for (int i = 0; i < count; ++i) {
        const base::Secret key = crypto::randomSecret(keySize);
        const QByteArray text =
            key.view().toByteArray().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        keys.insert(u"kid-%1"_s.arg(i, 5, 10, QLatin1Char('0')), QString::fromLatin1(text));
    }
    return keys;
}

QString writeCsv(const Keys& keys, const QString& folder)
{
    QFile file(folder + u"/credentials.csv"_s);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the credentials");
    file.write("kid,key,alg,owner,host,contact\n");
    for (auto key = keys.begin(); key != keys.end(); ++key)
        file.write(u"%1,%2,HS256,web team,host-%1,pki@corp.test\n"_s.arg(key.key(), key.value()).toUtf8());
    return file.fileName();
}

double seconds(const QElapsedTimer& timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

/// One step, with what the window felt of it.
template <class T>
T timed(MeasuringApplication& application, const char* what,
        const std::function<void(CertificateManager::Reply<T>)>& step)
{
    application.begin();
    QElapsedTimer timer;
    timer.start();
    T answer = answerOf<T>(step);
    std::printf("%-36s %.2f s\n", what, seconds(timer));
    application.report("  window's event loop");
    return answer;
}

int boundOf(const QList<lifecycle::BulkRegistrationOutcome>& outcomes)
{
    int bound = 0;
    QString error;
    for (const lifecycle::BulkRegistrationOutcome& outcome : outcomes) {
        bound += outcome.result == lifecycle::BulkRegistrationOutcome::Result::Bound ? 1 : 0;
        error = outcome.error ? outcome.error->message() : error;
    }
    if (!error.isEmpty())
        std::fprintf(stderr, "one error: %s\n", qPrintable(error));
    return bound;
}

int measure(MeasuringApplication& application, CertificateManager& manager, ui::MainWindow& window,
            const lifecycle::CredentialFile& file, int count)
{
    const auto preview = timed<CredentialImportPreview>(
        application, "preview of the file", [&](auto reply) { manager.previewCredentials(file, &window, reply); });
    for (const lifecycle::CredentialImportLine& line : preview.lines)
        if (line.error) {
            std::fprintf(stderr, "line %d: %s\n", line.line, qPrintable(line.error->message()));
            return 1;
        }
    const int stored = timed<int>(application, "stored in the vault",
                                  [&](auto reply) { manager.importCredentials(preview, &window, reply); });
    lifecycle::BulkRegistrationRequest request;
    request.termsAgreed = true;
    int told = 0;
    const auto progress = [&told](const lifecycle::BulkRegistrationProgress& at) { told = at.done; };
    const auto outcomes = timed<QList<lifecycle::BulkRegistrationOutcome>>(
        application, "an account registered with each",
        [&](auto reply) { manager.registerCredentials(request, progress, &window, reply); });
    const int bound = boundOf(outcomes);
    const auto accounts = answerOf<QList<lifecycle::Account>>([&](auto reply) { manager.accounts(&window, reply); });
    std::printf("%-36s %d stored, %d bound, %d accounts\n", "of the credentials", stored, bound,
                static_cast<int>(accounts.size()));
    std::printf("%-36s %.0f MiB\n", "peak RSS, window and core", benchmark::peakMiB());
    return stored == count && bound == count && accounts.size() == count && told == count ? 0 : 1;
}

int run(MeasuringApplication& application, app::CoreThread& core, const practice::PebbleServer& pebble,
        const QString& folder, const QString& file, int count)
{
    const auto manager = core.makeManager();
    ui::Preferences settings(folder + u"/settings"_s);
    ui::MainWindow window(*manager, settings, folder);
    benchmark::createVault(*manager, &window);
    const lifecycle::Authority authority =
        benchmark::addAuthority(*manager, pebble.directoryUrl(), pebble.rootPem(), &window);
    window.resize(1024, 700);
    window.show();
    window.begin(nullptr);
    window.showScreen(ui::ScreenId::Accounts);
    return measure(application, *manager, window, {file, authority.id, false}, count);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    MeasuringApplication application(argc, argv);
    const int count = credentialsWanted(QCoreApplication::arguments());
    ui::applyLook(application, ui::Appearance::Light);
    const Keys keys = makeKeys(count);
    OnThread<Server> server;
    server.run([&] { server.object().start(keys); });
    const QTemporaryDir folder;
    const QString file = writeCsv(keys, folder.path());
    app::CoreThread core;
    benchmark::openCore(core, folder.path() + u"/data"_s);
    const int exitCode = run(application, core, *server.object().pebble.server, folder.path(), file, count);
    benchmark::closeCore(core);
    return exitCode;
}
