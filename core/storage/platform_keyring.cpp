// SPDX-License-Identifier: Apache-2.0
#include "storage/platform_keyring.h"

#include "base/delivery.h"

#include <QTimer>

#include <qt6keychain/keychain.h>

#include <chrono>

namespace storage {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using lifecycle::SharedSecret;

const QString service = u"Sealwright"_s;
constexpr std::chrono::seconds patience {60};

Result<void> outcomeOf(const QKeychain::Job& job)
{
    if (job.error() == QKeychain::NoError)
        return {};
    if (job.error() == QKeychain::EntryNotFound)
        return base::failed(ErrorCode::NotFound, u"the platform keyring has no such entry"_s);
    return base::failed(ErrorCode::Unsupported,
                        u"the platform keyring does not answer: %1"_s.arg(job.errorString().simplified()));
}

/// Delivers what `read` makes of the finished job, or that it took too long.
template <class T, class Read>
void begin(QKeychain::Job* job, const QString& entry, const base::Delivery<Result<T>>& done, Read read)
{
    job->setKey(entry);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [done, read](QKeychain::Job* finished) {
        auto outcome = outcomeOf(*finished);
        if (outcome)
            done.deliver(read(finished));
        else
            done.deliver(base::failed(std::move(outcome).error()));
    });
    QTimer::singleShot(patience, job, [done] {
        done.deliver(base::failed(ErrorCode::Unsupported, u"the platform keyring does not answer in time"_s));
    });
    job->start();
}

Result<SharedSecret> secretOf(QKeychain::Job* job)
{
    QByteArray bytes = static_cast<QKeychain::ReadPasswordJob*>(job)->binaryData();
    auto secret = std::make_shared<const base::Secret>(bytes);
    base::wipe(bytes);
    return secret;
}

Result<void> nothingOf(QKeychain::Job*)
{
    return {};
}

} // namespace

base::Task<Result<void>> PlatformKeyring::write(QString entry, SharedSecret secret)
{
    base::Delivery<Result<void>> done;
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setBinaryData(secret->view().toByteArray());
    begin(job, entry, done, nothingOf);
    co_return co_await done;
}

base::Task<Result<SharedSecret>> PlatformKeyring::read(QString entry)
{
    base::Delivery<Result<SharedSecret>> done;
    begin(new QKeychain::ReadPasswordJob(service), entry, done, secretOf);
    co_return co_await done;
}

base::Task<Result<void>> PlatformKeyring::remove(QString entry)
{
    base::Delivery<Result<void>> done;
    begin(new QKeychain::DeletePasswordJob(service), entry, done, nothingOf);
    co_return co_await done;
}

} // namespace storage
