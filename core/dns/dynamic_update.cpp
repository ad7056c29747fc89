// SPDX-License-Identifier: Apache-2.0
#include "dns/dynamic_update.h"

#include "crypto/random.h"
#include "dns/message.h"
#include "dns/message_id.h"
#include "dns/tsig.h"
#include "dns/update_message.h"

#include <QtEndian>

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

enum TsigError : quint16 { BadSignature = 16, BadKey = 17, BadTime = 18 };

/// The server's clock, which it tells with BADTIME (RFC 8945 section 5.2.3).
QString clockHint(const TsigRecord& record, const QDateTime& now)
{
    if (record.other.size() != 6)
        return u"set both clocks"_s;
    const auto seconds = static_cast<qint64>(qFromBigEndian<quint64>((QByteArray(2, '\0') + record.other).constData()));
    const QDateTime server = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
    return u"there it is %1, here %2 (%3 s apart); set the clock that is wrong"_s.arg(
        server.toString(Qt::ISODate), now.toUTC().toString(Qt::ISODate), QString::number(qAbs(server.secsTo(now))));
}

QString signatureRefusal(const TsigRecord& record, const TsigKey& key, const QDateTime& now)
{
    switch (record.error) {
    case BadSignature:
        return u"it holds another secret for the key \"%1\" (BADSIG): give the key file that the server uses"_s.arg(
            key.name);
    case BadKey:
        return u"it does not know the key \"%1\" with %2 (BADKEY): name, algorithm and secret must be the server's"_s
            .arg(key.name, key.algorithm);
    case BadTime:
        return u"its clock differs too much (BADTIME): "_s + clockHint(record, now);
    default:
        return u"it does not accept the signature (TSIG error %1)"_s.arg(record.error);
    }
}

QString refusal(ResponseCode code, const QString& zone, const TsigKey& key)
{
    switch (code) {
    case ResponseCode::Refused:
        return u"the key \"%1\" may not change this record of the zone %2 (REFUSED): allow it there (allow-update or "
               "update-policy of BIND)"_s.arg(key.name, zone);
    case ResponseCode::NotAuthoritative:
    case ResponseCode::NotZone:
        return u"it does not serve the zone %1 as its primary (%2)"_s.arg(zone, responseCodeName(code));
    case ResponseCode::ServerFailure:
        return u"it could not change the zone %1 (SERVFAIL): its log says why; often its files cannot be written"_s.arg(
            zone);
    case ResponseCode::NotImplemented:
        return u"it takes no dynamic updates (NOTIMP)"_s;
    default:
        return u"it refused to change the zone %1 (%2)"_s.arg(zone, responseCodeName(code));
    }
}

/// That of the header, which counts also where the rest cannot be read.
ResponseCode codeOf(const QByteArray& reply)
{
    return static_cast<ResponseCode>(reply[3] & 0x0f);
}

} // namespace

DynamicUpdate::DynamicUpdate(ServerAddress server, std::shared_ptr<const TsigKey> key, const base::Clock& clock,
                             ExchangeLimits limits)
    : m_server(std::move(server))
    , m_key(std::move(key))
    , m_clock(&clock)
    , m_limits(limits)
{
}

Task<Result<void>> DynamicUpdate::send(QByteArray message, QString zone, std::stop_token stop) const
{
    const SignedMessage request = signMessage(message, *m_key, m_clock->now());
    auto reply = co_await exchange(request.wire, m_server, m_limits, std::move(stop));
    if (!reply)
        co_return tl::unexpected(std::move(reply).error());
    const QString server = u"the DNS server %1"_s.arg(m_server.toString());
    const QDateTime now = m_clock->now();
    const auto tsig = tsigOf(*reply);
    if (tsig && tsig->error != 0)
        co_return base::failed(base::Error(ErrorCode::Rejected, signatureRefusal(*tsig, *m_key, now)).during(server));
    // A refusal is believed unsigned too, since all it can do is to keep us from going on.
    if (const ResponseCode code = codeOf(*reply); code != ResponseCode::NoError)
        co_return base::failed(base::Error(ErrorCode::Rejected, refusal(code, zone, *m_key)).during(server));
    if (auto verified = verifyReply(*reply, *m_key, request.mac, now); !verified)
        co_return base::failed(std::move(verified), server);
    co_return Result<void>();
}

Task<Result<void>> DynamicUpdate::add(TextValue text, quint32 ttl, std::stop_token stop) const
{
    auto message = addition(randomMessageId(), text, ttl);
    if (!message)
        co_return tl::unexpected(std::move(message).error());
    co_return co_await send(*std::move(message), text.zone, std::move(stop));
}

Task<Result<void>> DynamicUpdate::remove(TextValue text, std::stop_token stop) const
{
    auto message = removal(randomMessageId(), text);
    if (!message)
        co_return tl::unexpected(std::move(message).error());
    co_return co_await send(*std::move(message), text.zone, std::move(stop));
}

Task<Result<void>> DynamicUpdate::probe(QString zone, QString name, std::stop_token stop) const
{
    constexpr int unguessable = 16;
    TextValue nothing {std::move(zone), std::move(name), "probe-" + crypto::randomBytes(unguessable).toHex()};
    co_return co_await remove(std::move(nothing), std::move(stop));
}

} // namespace dns
