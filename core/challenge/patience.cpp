// SPDX-License-Identifier: Apache-2.0
#include "challenge/patience.h"

namespace challenge {

using namespace Qt::StringLiterals;

base::Error Patience::exhausted() const
{
    return base::Error(base::ErrorCode::Timeout, u"not asked: there was no answer too often before"_s);
}

PatientResolver::PatientResolver(std::shared_ptr<dns::Resolver> resolver)
    : m_resolver(std::move(resolver))
{
}

base::Task<base::Result<dns::Lookup>> PatientResolver::lookup(QString name, dns::RecordType type, std::stop_token stop)
{
    if (m_patience.isOver())
        co_return tl::unexpected(m_patience.exhausted());
    auto found = co_await m_resolver->lookup(std::move(name), type, std::move(stop));
    m_patience.note(found);
    co_return found;
}

} // namespace challenge
