// SPDX-License-Identifier: Apache-2.0
#include "challenge/caa_lookup.h"

#include "challenge/caa_policy.h"

namespace challenge {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

CaaLookup::CaaLookup(std::shared_ptr<dns::Resolver> resolver)
    : m_resolver(std::move(resolver))
{
}

Task<Result<CaaRecords>> CaaLookup::of(base::Identifier name, std::stop_token stop)
{
    co_return co_await climb(caaNames(name), std::move(stop));
}

Task<Result<CaaRecords>> CaaLookup::climb(QStringList names, std::stop_token stop)
{
    if (names.isEmpty())
        co_return CaaRecords();
    const QString name = names.takeFirst();
    if (!m_known.contains(name)) {
        auto asked = co_await m_resolver->lookup(name, dns::RecordType::Caa, stop);
        m_known.insert(name, std::move(asked));
    }
    const Result<dns::Lookup> found = *m_known.constFind(name);
    if (!found)
        co_return tl::unexpected(found.error());
    if (found->status == dns::Lookup::Status::Referral)
        co_return base::failed(base::ErrorCode::Network,
                               u"the DNS server that was asked for %1 is no resolver"_s.arg(name));
    if (found->isFound()) {
        CaaRecords records {name, found->records};
        co_return records;
    }
    co_return co_await climb(std::move(names), std::move(stop));
}

} // namespace challenge
