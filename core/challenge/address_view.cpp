// SPDX-License-Identifier: Apache-2.0
#include "challenge/address_view.h"

#include "dns/machine_lookup.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Result;
using base::Task;
using Addresses = QList<QHostAddress>;

constexpr std::chrono::milliseconds machineLimit = 5s;

void collect(const dns::Lookup& lookup, Addresses& addresses)
{
    for (const dns::Record& record : lookup.records)
        addresses.append(QHostAddress(QString::fromLatin1(record.value)));
}

} // namespace

Task<Result<Addresses>> MachineView::addresses(QString name, std::stop_token stop)
{
    if (m_patience.isOver())
        co_return tl::unexpected(m_patience.exhausted());
    auto found = co_await dns::machineLookup(std::move(name), machineLimit, std::move(stop));
    m_patience.note(found);
    co_return found;
}

ResolverView::ResolverView(std::shared_ptr<dns::Resolver> resolver)
    : m_resolver(std::move(resolver))
{
}

Task<Result<Addresses>> ResolverView::addresses(QString name, std::stop_token stop)
{
    auto six = co_await m_resolver->lookup(name, dns::RecordType::Aaaa, stop);
    if (!six)
        co_return tl::unexpected(std::move(six).error());
    Addresses addresses;
    collect(*six, addresses);
    if (six->status == dns::Lookup::Status::NoSuchName)
        co_return addresses;
    auto four = co_await m_resolver->lookup(name, dns::RecordType::A, stop);
    if (!four)
        co_return tl::unexpected(std::move(four).error());
    collect(*four, addresses);
    co_return addresses;
}

QString placeText(const QString& name, const QHostAddress& address, quint16 port)
{
    const bool isIpv6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    const QString place = (isIpv6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.toString()).arg(port);
    return name == address.toString() ? place : u"%1 (%2)"_s.arg(name, place);
}

} // namespace challenge
