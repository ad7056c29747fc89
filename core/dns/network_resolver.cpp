// SPDX-License-Identifier: Apache-2.0
#include "dns/network_resolver.h"

#include "dns/message_id.h"

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

bool isAnswer(ResponseCode code)
{
    return code == ResponseCode::NoError || code == ResponseCode::NameError;
}

base::Error refusal(const ServerAddress& server, ResponseCode code)
{
    const ErrorCode kind = code == ResponseCode::ServerFailure ? ErrorCode::Network : ErrorCode::Rejected;
    return base::Error(kind, u"the DNS server %1 answers %2"_s.arg(server.toString(), responseCodeName(code)));
}

QString about(const QString& name, RecordType type)
{
    return u"looking up %1 %2"_s.arg(name, recordTypeName(type));
}

} // namespace

NetworkResolver::NetworkResolver(QList<ServerAddress> servers, ExchangeLimits limits)
    : m_servers(std::move(servers))
    , m_limits(limits)
{
}

Task<Result<Message>> NetworkResolver::askOne(ServerAddress server, QString name, RecordType type,
                                              std::stop_token stop) const
{
    auto query = makeQuery(randomMessageId(), name, type);
    if (!query)
        co_return tl::unexpected(std::move(query).error());
    auto reply = co_await exchange(*std::move(query), server, m_limits, std::move(stop));
    if (!reply)
        co_return tl::unexpected(std::move(reply).error());
    auto message = readMessage(*reply);
    if (message && !isAnswer(message->code))
        co_return tl::unexpected(refusal(server, message->code));
    if (!message)
        co_return base::failed(std::move(message), u"the DNS server %1"_s.arg(server.toString()));
    co_return message;
}

Task<Result<Message>> NetworkResolver::ask(QString name, RecordType type, std::stop_token stop) const
{
    Result<Message> message = base::failed(ErrorCode::Network, u"there is no DNS server to ask"_s);
    for (const ServerAddress& server : m_servers) {
        message = co_await askOne(server, name, type, stop);
        const bool isFinal = message || message.error().code() == ErrorCode::Cancelled
            || message.error().code() == ErrorCode::InvalidInput;
        if (isFinal)
            break;
    }
    co_return message;
}

Task<Result<Lookup>> NetworkResolver::lookup(QString name, RecordType type, std::stop_token stop)
{
    Lookup found;
    found.name = normalName(name);
    for (;;) {
        const QString asked = found.name;
        auto message = co_await ask(asked, type, stop);
        if (!message)
            co_return base::failed(std::move(message), about(asked, type));
        readReply(*message, type, found);
        if (found.aliases.contains(found.name) || found.aliases.size() > mostAliases)
            co_return base::failed(ErrorCode::Protocol,
                                   u"%1: its CNAME records lead in a circle or too far"_s.arg(name));
        // a server that answers for the alias alone leaves it to us to ask for where it leads
        if (found.name == asked || found.status != Lookup::Status::NoData || !found.zone.isNull())
            co_return found;
    }
}

Result<QList<ServerAddress>> serversOrSystem(const QStringList& servers)
{
    QList<ServerAddress> addresses;
    for (const QString& text : servers) {
        const auto address = ServerAddress::parse(text);
        if (!address)
            return base::failed(address.error());
        addresses.append(*address);
    }
    return addresses.isEmpty() ? systemServers() : addresses;
}

Result<std::shared_ptr<Resolver>> resolverAsking(const QStringList& servers)
{
    auto asked = serversOrSystem(servers);
    if (!asked)
        return base::failed(std::move(asked).error());
    return std::make_shared<NetworkResolver>(*std::move(asked));
}

} // namespace dns
