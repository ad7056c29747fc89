// SPDX-License-Identifier: Apache-2.0
#include "dns/machine_lookup.h"

#include "base/delivery.h"

#include <QHostInfo>
#include <QTimer>

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using Addresses = QList<QHostAddress>;

Result<Addresses> outcomeOf(const QHostInfo& info)
{
    if (info.error() == QHostInfo::NoError || info.error() == QHostInfo::HostNotFound)
        return info.addresses();
    return base::failed(ErrorCode::Network, info.errorString());
}

} // namespace

base::Task<Result<Addresses>> machineLookup(QString name, std::chrono::milliseconds limit, std::stop_token stop)
{
    const base::Delivery<Result<Addresses>> found;
    QObject context;
    const int lookup =
        QHostInfo::lookupHost(name, &context, [found](const QHostInfo& info) { found.deliver(outcomeOf(info)); });
    QTimer::singleShot(limit, &context,
                       [found] { found.deliver(base::failed(ErrorCode::Timeout, u"no answer in time"_s)); });
    const std::stop_callback onStop(stop, [found] { found.deliver(base::failed(ErrorCode::Cancelled, u"stopped"_s)); });
    auto outcome = co_await found;
    QHostInfo::abortHostLookup(lookup);
    co_return outcome;
}

} // namespace dns
