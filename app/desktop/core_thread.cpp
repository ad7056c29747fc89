// SPDX-License-Identifier: Apache-2.0
#include "app/desktop/core_thread.h"

#include "app/core_services.h"
#include "app/practice_authority.h"
#include "base/platform.h"
#include "lifecycle/certificate_manager.h"

namespace app {

using base::Result;
using base::Task;
using lifecycle::Authority;

/// Everything that lives on the core's thread.
struct CoreThread::Core {
    std::unique_ptr<CoreServices> services;
    std::unique_ptr<PracticeAuthority> practice; ///< that runs
    bool startingPractice = false;
    base::TaskScope scope;
    base::TaskScope closing; ///< owns close(), which drains the other one

    static Task<void> open(std::shared_ptr<Core> core, QString dataFolder, CoreThread* owner);
    static Task<void> close(std::shared_ptr<Core> core, CoreThread* owner);
    static Task<Result<Authority>> startPractice(std::shared_ptr<Core> core, lifecycle::Engine& engine,
                                                 CoreThread* owner, QString dataFolder, std::stop_token stop);
};

namespace {

using namespace Qt::StringLiterals;

template <class Function>
void onThreadOf(QObject* object, Function function)
{
    QMetaObject::invokeMethod(object, std::move(function), Qt::QueuedConnection);
}

} // namespace

Task<void> CoreThread::Core::open(std::shared_ptr<Core> core, QString dataFolder, CoreThread* owner)
{
    auto services = co_await CoreServices::open(dataFolder, u"sealwright"_s, lifecycle::Origin::Desktop);
    if (services)
        core->services = *std::move(services);
    const std::optional<base::Error> error = services ? std::nullopt : std::make_optional(services.error());
    onThreadOf(owner, [owner, error] {
        if (error)
            Q_EMIT owner->failed(*error);
        else
            Q_EMIT owner->opened();
    });
}

Task<void> CoreThread::Core::close(std::shared_ptr<Core> core, CoreThread* owner)
{
    co_await core->scope.drain();
    if (core->services)
        co_await core->services->drain();
    core->practice.reset();
    core->services.reset();
    onThreadOf(owner, [owner] { Q_EMIT owner->stopped(); });
}

Task<Result<Authority>> CoreThread::Core::startPractice(std::shared_ptr<Core> core, lifecycle::Engine& engine,
                                                        CoreThread* owner, QString dataFolder, std::stop_token stop)
{
    if (core->startingPractice)
        co_return base::failed(base::ErrorCode::Busy, u"the practice CA is being started already"_s);
    core->startingPractice = true;
    core->practice.reset(); // gives up the ports that the authority's URL names
    auto starting = std::make_unique<PracticeAuthority>();
    auto authority = co_await starting->start(engine, PracticeAuthority::defaultName(), PracticeAuthority::usualPorts(),
                                              dataFolder + u"/practice"_s, stop);
    core->startingPractice = false;
    if (!authority)
        co_return authority;
    core->practice = std::move(starting);
    const PracticeProof proof = PracticeProof::of(authority->id, *core->practice->server());
    onThreadOf(owner, [owner, proof] { Q_EMIT owner->practiceStarted(proof); });
    co_return authority;
}

CoreThread::CoreThread(QObject* parent)
    : QObject(parent)
    , m_core(std::make_shared<Core>())
    , m_anchor(new QObject)
{
    m_anchor->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_anchor, &QObject::deleteLater);
    // A thousand orders at once must not keep the window waiting for a processor.
    connect(&m_thread, &QThread::started, m_anchor, &base::platform::yieldToOtherThreads);
    m_thread.setObjectName(u"core"_s);
    m_thread.start();
}

CoreThread::~CoreThread()
{
    m_thread.quit();
    m_thread.wait();
}

void CoreThread::begin(const QString& dataFolder)
{
    m_dataFolder = dataFolder;
    onThreadOf(m_anchor, [core = m_core, dataFolder, this] { core->scope.start(Core::open(core, dataFolder, this)); });
}

std::unique_ptr<lifecycle::CertificateManager> CoreThread::makeManager()
{
    auto practice = [core = m_core, folder = m_dataFolder, this](lifecycle::Engine& engine, std::stop_token stop) {
        return Core::startPractice(core, engine, this, folder, stop);
    };
    return std::make_unique<lifecycle::CertificateManager>(m_core->services->engine(), practice);
}

void CoreThread::startRenewing()
{
    onThreadOf(m_anchor, [core = m_core] {
        if (core->services && !core->services->engine().isRenewing())
            core->services->engine().startRenewing();
    });
}

void CoreThread::stop()
{
    onThreadOf(m_anchor, [core = m_core, this] { core->closing.start(Core::close(core, this)); });
}

} // namespace app
