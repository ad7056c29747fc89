// SPDX-License-Identifier: Apache-2.0
#include "dns/message.h"
#include "jose/jwk.h"
#include "support/acme_fault_server_ca.h"

#include <QCryptographicHash>
#include <QUdpSocket>

/// dns-persist-01 as draft 02 has it, worked out here from its text and with nothing of what is tested.
namespace support {
namespace {

using namespace Qt::StringLiterals;

QByteArray hashed(const QByteArray& prefix, const QByteArray& domain, const QByteArray& thumbprint,
                  const QByteArray& account)
{
    QByteArray input;
    input.append(static_cast<char>(domain.size()));
    input.append(domain);
    input.append(thumbprint);
    input.append(account);
    const QByteArray hash = QCryptographicHash::hash(input, QCryptographicHash::Sha256);
    return prefix + "sha-256/" + hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// The value of a tag; null where it is missing.
QByteArray tagValue(const QByteArray& record, const QByteArray& tag)
{
    const QList<QByteArray> parts = record.split(';').sliced(1);
    for (const QByteArray& part : parts)
        if (part.trimmed().toLower().startsWith(tag.toLower() + '='))
            return part.trimmed().mid(tag.size() + 1);
    return {};
}

} // namespace

bool TestCa::isAuthorizedBy(const QByteArray& record, const TestAuthorization& authorization) const
{
    if (record.split(';').constFirst().trimmed() != "ca.test")
        return false;
    if (authorization.wildcard && tagValue(record, "policy").toLower() != "wildcard")
        return false;
    const QByteArray until = tagValue(record, "persistUntil");
    if (!until.isNull() && until.toLongLong() < settings.now().toSecsSinceEpoch())
        return false;
    const TestAccount& account = accounts[authorization.account - 1];
    const QByteArray location = url("/account/" + QByteArray::number(account.id));
    const QByteArray prefix = settings.accountHashPrefix.toUtf8();
    QList<QByteArray> thumbprints = account.formerThumbprints;
    thumbprints.append(jose::thumbprint(account.key).value());
    for (const QByteArray& thumbprint : std::as_const(thumbprints))
        for (const QByteArray& domain : {authorization.name.toLatin1(), QByteArray("*")})
            if (tagValue(record, "accounturi") == hashed(prefix, domain, thumbprint, location))
                return true;
    return false;
}

void TestCa::lookUpRecord(int authorization, int challenge)
{
    const QString name = u"_validation-persist."_s + m_authorizations[authorization - 1].name;
    auto* socket = new QUdpSocket;
    QObject::connect(socket, &QUdpSocket::readyRead, socket, [this, socket, authorization, challenge] {
        QByteArray reply(socket->pendingDatagramSize(), '\0');
        socket->readDatagram(reply.data(), reply.size());
        socket->deleteLater();
        const auto message = dns::readMessage(reply);
        bool good = false;
        const QList<dns::Record> records = message ? message->answers : QList<dns::Record>();
        for (const dns::Record& record : records)
            good = good || isAuthorizedBy(record.value, m_authorizations[authorization - 1]);
        settle(authorization, challenge, good ? QString() : u"no record authorizes this account"_s);
    });
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), settings.dnsPort);
    constexpr quint16 id = 4711;
    socket->write(dns::makeQuery(id, name, dns::RecordType::Txt).value());
}

} // namespace support
