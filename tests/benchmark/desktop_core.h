// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/desktop/core_thread.h"
#include "lifecycle/certificate_manager.h"

#include <QCoreApplication>

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>

/// The desktop program's core, as a benchmark asks it: by the façade, waiting for each answer by the event loop.
namespace benchmark {

using lifecycle::CertificateManager;

inline double peakMiB()
{
    rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

inline void runUntil(const std::function<bool()>& reached)
{
    while (!reached())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

/// What a façade's method answers; ends the program where that is an error.
template <class T>
T answerOf(const std::function<void(CertificateManager::Reply<T>)>& ask)
{
    std::optional<base::Result<T>> answer;
    ask([&answer](base::Result<T> result) { answer = std::move(result); });
    runUntil([&answer] { return answer.has_value(); });
    if (!*answer) {
        std::fprintf(stderr, "%s\n", qPrintable(answer->error().message()));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(**answer);
}

inline void createVault(CertificateManager& manager, QObject* context)
{
    const auto passphrase = std::make_shared<const base::Secret>("benchmark");
    answerOf<void>([&](auto reply) { manager.createVault(passphrase, context, std::move(reply)); });
}

inline lifecycle::Authority addAuthority(CertificateManager& manager, const QString& directoryUrl,
                                         const QByteArray& rootPem, QObject* context)
{
    lifecycle::AuthorityDetails details;
    details.name = QStringLiteral("benchmark");
    details.directoryUrl = directoryUrl;
    details.rootsPem = rootPem;
    details.proxy = QStringLiteral("none");
    return answerOf<lifecycle::Authority>(
        [&](auto reply) { manager.addAuthority(details, context, std::move(reply)); });
}

inline void openCore(app::CoreThread& core, const QString& folder)
{
    bool opened = false;
    QObject::connect(&core, &app::CoreThread::opened, &core, [&opened] { opened = true; });
    QObject::connect(&core, &app::CoreThread::failed, &core,
                     [](const base::Error& error) { qFatal("%s", qPrintable(error.message())); });
    core.begin(folder);
    runUntil([&opened] { return opened; });
}

inline void closeCore(app::CoreThread& core)
{
    bool stopped = false;
    QObject::connect(&core, &app::CoreThread::stopped, &core, [&stopped] { stopped = true; });
    core.stop();
    runUntil([&stopped] { return stopped; });
}

} // namespace benchmark
