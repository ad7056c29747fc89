// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns01_naming.h"

#include "challenge/dns01_record.h"
#include "challenge/dns_account01_record.h"

namespace challenge {

using namespace Qt::StringLiterals;

Dns01Naming::Dns01Naming(QString accountUrl)
    : m_accountUrl(std::move(accountUrl))
{
}

Dns01Naming Dns01Naming::dns01()
{
    return Dns01Naming(QString());
}

Dns01Naming Dns01Naming::dnsAccount01(QString accountUrl)
{
    return Dns01Naming(std::move(accountUrl));
}

QString Dns01Naming::challengeType() const
{
    return m_accountUrl.isNull() ? u"dns-01"_s : u"dns-account-01"_s;
}

QString Dns01Naming::recordName(const base::Identifier& identifier) const
{
    return m_accountUrl.isNull() ? dns01RecordName(identifier) : dnsAccount01RecordName(identifier, m_accountUrl);
}

} // namespace challenge
