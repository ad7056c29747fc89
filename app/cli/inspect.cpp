// SPDX-License-Identifier: Apache-2.0
#include "app/cli/certificate_file.h"
#include "app/cli/command.h"
#include "app/cli/documents.h"
#include "app/cli/session.h"
#include "inspect/certificate_report.h"
#include "inspect/served_certificate.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

/// The fields that lists have, by the names that they have there, and the whole report.
QJsonObject documentOf(const crypto::CertificateChain& chain, const QString& source)
{
    const crypto::Certificate& leaf = chain.leaf;
    return {
        {u"source"_s, source},
        {u"names"_s, QJsonArray::fromStringList(leaf.dnsNames() + leaf.ipAddresses())},
        {u"subject"_s, leaf.subject()},
        {u"issuer"_s, leaf.issuer()},
        {u"notBefore"_s, timeValue(leaf.notBefore())},
        {u"notAfter"_s, timeValue(leaf.notAfter())},
        {u"serial"_s, leaf.serialHex().toUpper()},
        {u"sha256"_s, QString::fromLatin1(leaf.fingerprint(crypto::DigestAlgorithm::Sha256).toHex())},
        {u"report"_s, inspect::toJson(inspect::reportOf(chain))},
    };
}

Result<crypto::CertificateChain> chainFrom(const QList<QByteArray>& certificates)
{
    QList<crypto::Certificate> parsed;
    for (const QByteArray& der : certificates) {
        auto certificate = crypto::Certificate::fromDer(der);
        if (!certificate)
            return base::failed(std::move(certificate).error());
        parsed.append(*std::move(certificate));
    }
    if (parsed.isEmpty())
        return base::failed(base::ErrorCode::Protocol, u"the server showed no certificate"_s);
    const crypto::Certificate leaf = parsed.takeFirst();
    return crypto::CertificateChain {leaf, parsed};
}

Task<Result<Reply>> inspectServer(Session& session, QString host, quint16 port)
{
    auto served = co_await inspect::servedCertificate(host, port, QString(), session.stop());
    if (!served)
        co_return base::failed(std::move(served), u"looking at the server");
    const auto chain = chainFrom(served->certificates);
    if (!chain)
        co_return base::failed(chain.error());
    QJsonObject document = documentOf(*chain, u"%1:%2"_s.arg(host).arg(port));
    document[u"protocol"_s] = served->protocol;
    document[u"cipher"_s] = served->cipher;
    document[u"peerAddress"_s] = served->peerAddress;
    co_return Reply {document};
}

Task<Result<Reply>> run(Session& session, Arguments arguments)
{
    const QString target = arguments.words[0];
    static const QRegularExpression address(u"^(\\[[^\\]]+\\]|[^:/]+):(\\d{1,5})$"_s);
    const auto match = address.match(target);
    const int port = match.captured(2).toInt();
    if (!QFileInfo::exists(target) && match.hasMatch() && port > 0 && port < 65536) {
        const QString host = match.captured(1).remove(u'[').remove(u']');
        co_return co_await inspectServer(session, host, static_cast<quint16>(port));
    }
    const auto chain = chainFromFile(target, arguments.value(u"password-file"_s));
    if (!chain)
        co_return base::failed(chain.error());
    co_return Reply {documentOf(*chain, target)};
}

} // namespace

QList<Command> inspectCommands()
{
    const QList<Option> options {
        {u"password-file"_s, u"FILE"_s, u"Opens a PKCS#12 file with the first line of FILE."_s},
    };
    return {{u"inspect"_s,
             {},
             u"FILE|HOST:PORT"_s,
             1,
             1,
             u"Reads every field of a certificate, from a file or a server."_s,
             options,
             Command::Needs::Nothing,
             run}};
}

} // namespace cli
