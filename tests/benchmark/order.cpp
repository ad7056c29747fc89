// SPDX-License-Identifier: Apache-2.0
#include "benchmark/measuring_application.h"
#include "benchmark/on_thread.h"
#include "lifecycle/certificate_manager.h"
#include "support/acme_fault_server.h"
#include "support/workshop.h"
#include "ui/common/look.h"
#include "ui/common/navigator.h"
#include "ui/common/preferences.h"
#include "ui/common/workspace.h"
#include "ui/orders/new_certificate_form.h"
#include "ui/orders/order_page.h"

#include <QElapsedTimer>
#include <QPlainTextEdit>

#include <cstdio>

// Prints how long the window's event loop is busy with one event, at most, while an order for many names runs in it:
// the real core on its thread, an ACME server in this process on another. Usage: benchmark_order [NAMES]

namespace {

using namespace Qt::StringLiterals;

using benchmark::MeasuringApplication;
using benchmark::OnThread;

QStringList manyNames(int count)
{
    QStringList names;
    for (int i = 0; i < count; ++i)
        names.append(u"host-%1.department-%2.example.com"_s.arg(i).arg(i % 37));
    return names;
}

void runUntil(const std::function<bool()>& reached)
{
    while (!reached())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void watchOrder(MeasuringApplication& application, lifecycle::CertificateManager& manager, ui::OrderPage& page,
                const lifecycle::IssueRequest& request)
{
    bool ended = false;
    QElapsedTimer timer;
    timer.start();
    application.begin();
    manager.placeOrder(request, &page, [&page](base::Result<QString> id) {
        if (!id)
            qFatal("%s", qPrintable(id.error().message()));
        page.show(*id);
    });
    const auto look = [&] {
        manager.order(
            page.orderId(), &page,
            [&ended](base::Result<lifecycle::OrderDetails> details) {
                ended = details && lifecycle::isFinished(details->record.state);
            },
            1'000'000'000);
    };
    const auto watching = QObject::connect(&manager, &lifecycle::CertificateManager::changed, &page, look);
    runUntil([&ended] { return ended; });
    QObject::disconnect(watching);
    application.report("order progress, live");
    std::printf("the order took                       %.1f s\n", static_cast<double>(timer.elapsed()) / 1e3);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    MeasuringApplication application(argc, argv);
    ui::applyLook(application, ui::Appearance::Light);
    const QStringList names = manyNames(argc > 1 ? QByteArray(argv[1]).toInt() : 2000);
    OnThread<support::AcmeFaultServer> server;
    OnThread<support::Workshop> core;
    lifecycle::IssueRequest request;
    server.run([&] { server.object().setValidation(support::Validation::AlwaysValid); });
    core.run([&] {
        support::Workshop& workshop = core.object();
        const auto authority = workshop.addAuthority(server.object().directoryUrl(), server.object().tlsRootPem());
        workshop.registerAccount(authority.id);
        request = workshop.request(authority.id, names);
    });
    QTemporaryDir folder;
    ui::Preferences settings(folder.filePath(u"settings"_s));
    ui::Navigator navigator;
    lifecycle::CertificateManager manager(core.object().engine(), {});
    ui::Workspace workspace {manager, navigator, settings};
    {
        ui::NewCertificateForm form(workspace);
        form.resize(1024, 700);
        form.show();
        form.begin(request.authorityId);
        QCoreApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        qobject_cast<QPlainTextEdit*>(form.names())->setPlainText(names.join(u'\n'));
        std::printf("names pasted into the form           %.1f ms\n", static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    ui::OrderPage page(workspace);
    page.resize(1024, 700);
    static_cast<QWidget&>(page).show();
    watchOrder(application, manager, page, request);
    application.begin();
    const QString id = page.orderId();
    page.show(id);
    QElapsedTimer timer;
    timer.start();
    runUntil([&timer] { return timer.elapsed() > 1000; });
    application.report("the same as history");
    return 0;
}
