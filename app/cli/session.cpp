// SPDX-License-Identifier: Apache-2.0
#include "app/cli/session.h"

#include "app/cli/passphrase.h"
#include "base/termination.h"
#include "lifecycle/orders.h"

#include <QElapsedTimer>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::SlotKind;

bool isOpen(const lifecycle::VaultStatus& status)
{
    return status.operatorOpen && status.renewalOpen;
}

Task<Result<void>> openWith(lifecycle::Vault& vault, bool exists, lifecycle::SharedSecret passphrase)
{
    if (exists)
        co_return co_await vault.unlock(std::move(passphrase));
    co_return co_await vault.create(std::move(passphrase));
}

} // namespace

Session::Session(GlobalOptions options, lifecycle::Origin origin)
    : m_options(std::move(options))
    , m_origin(origin)
{
    watchSignals();
}

Session::~Session() = default;

void Session::watchSignals()
{
    m_signals.emplace(base::platform::terminationSignals(), QSocketNotifier::Read);
    QObject::connect(&*m_signals, &QSocketNotifier::activated, &*m_signals, [this] { requestStop(); });
}

void Session::requestStop()
{
    m_signals->setEnabled(false);
    m_stop.request_stop();
    if (m_services)
        releaseOrders();
}

void Session::releaseOrders()
{
    if (!std::exchange(m_released, true))
        m_scope.start(engine().orders().drain());
}

Task<Result<void>> Session::open(Command::Needs needs)
{
    if (needs == Command::Needs::Nothing)
        co_return Result<void>();
    auto services = co_await app::CoreServices::open(m_options.dataDirectory, u"sealwright-cli"_s, m_origin);
    if (!services)
        co_return base::failed(std::move(services).error());
    m_services = *std::move(services);
    if (needs == Command::Needs::Vault)
        co_return co_await ensureVault();
    if (needs == Command::Needs::OpenVault)
        co_return co_await openVault();
    co_return Result<void>();
}

Task<Result<void>> Session::ensureVault()
{
    auto status = co_await engine().vault().status();
    if (!status)
        co_return base::failed(std::move(status), u"reading the vault");
    // A passphrase that was given explicitly is checked, so that a wrong one is not found out later.
    if (status->exists && m_options.passphraseFile.isEmpty())
        co_return Result<void>();
    co_return co_await openVault();
}

Task<Result<void>> Session::openVault()
{
    auto status = co_await engine().vault().status();
    if (!status)
        co_return base::failed(std::move(status), u"reading the vault");
    if (isOpen(*status))
        co_return Result<void>();
    QElapsedTimer timer;
    timer.start();
    auto opened = co_await unlockOrCreate(*status);
    m_unlockTime = std::chrono::milliseconds(timer.elapsed());
    if (!opened)
        co_return base::failed(std::move(opened), u"opening the vault");
    co_return opened;
}

Task<Result<void>> Session::unlockOrCreate(lifecycle::VaultStatus status)
{
    auto given = passphraseFromFile(m_options.passphraseFile);
    if (!given)
        co_return base::failed(std::move(given).error());
    if (*given)
        co_return co_await openWith(engine().vault(), status.exists, *given);
    auto fromKeyring = co_await useKeyring(status);
    if (fromKeyring)
        co_return fromKeyring;
    auto typed = passphraseFromTerminal(!status.exists);
    if (!typed)
        co_return base::failed(std::move(typed).error());
    co_return co_await openWith(engine().vault(), status.exists, *typed);
}

Task<Result<void>> Session::useKeyring(lifecycle::VaultStatus status)
{
    if (!status.exists)
        co_return co_await engine().vault().createInKeyring();
    if (status.slotKinds.contains(SlotKind::Keyring))
        co_return co_await engine().vault().unlockFromKeyring();
    co_return base::failed(base::ErrorCode::NotFound, u"the vault has no slot in the keyring"_s);
}

Task<void> Session::close()
{
    m_signals.reset();
    co_await m_scope.drain();
    if (m_services)
        co_await m_services->drain();
    m_services.reset();
}

} // namespace cli
