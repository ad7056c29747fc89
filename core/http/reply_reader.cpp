// SPDX-License-Identifier: Apache-2.0
#include "http/reply_reader.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSslError>

#include <utility>

namespace http {
namespace {

using namespace Qt::StringLiterals;

// Qt makes errors of 4xx and 5xx replies; those are answers all the same.
bool isAnswer(const QNetworkReply& reply)
{
    const auto error = reply.error();
    if (!reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid())
        return false;
    return error == QNetworkReply::NoError || error >= QNetworkReply::InternalServerError
        || (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError)
        || error == QNetworkReply::ProtocolInvalidOperationError;
}

/// Whether it was a proxy that failed. Qt has no code for one that answers CONNECT with anything but 200 and 407, as
/// some do for a wrong password.
bool isOfProxy(const QNetworkReply& reply)
{
    const auto error = reply.error();
    if (error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError)
        return true;
    return error == QNetworkReply::UnknownNetworkError && reply.manager()->proxy().type() == QNetworkProxy::HttpProxy;
}

/// Whether the proxy forbade the connection (403, 405), of which Qt tells in words alone. Where they are translated,
/// the error is told less exactly.
bool isForbidden(const QNetworkReply& reply)
{
    return reply.errorString() == "Proxy denied connection"_L1;
}

/// About "proxyCredentials" where it is certain that these are at fault, else about "proxy".
base::Error proxyError(const QNetworkReply& reply)
{
    const QNetworkProxy proxy = reply.manager()->proxy();
    const QString name = proxy.hostName().isEmpty() ? u"of this desktop"_s // as the system's settings say
                                                    : u"%1:%2"_s.arg(proxy.hostName()).arg(proxy.port());
    const auto made = [](const QString& detail, const QString& field) {
        return base::Error(base::ErrorCode::Network, detail).about(field);
    };
    if (reply.error() == QNetworkReply::ProxyAuthenticationRequiredError)
        return made(proxy.user().isEmpty()
                        ? u"the proxy %1 wants a user name and password, and none are stored for it"_s.arg(name)
                        : u"the proxy %1 refused the user name and password that are stored for it"_s.arg(name),
                    u"proxyCredentials"_s);
    if (isForbidden(reply))
        return made(u"the proxy %1 allows no connection to %2"_s.arg(name, reply.url().authority(QUrl::FullyEncoded)),
                    u"proxy"_s);
    if (reply.error() == QNetworkReply::UnknownNetworkError && !proxy.user().isEmpty())
        return made(u"the proxy %1 refused the user name and password that are stored for it, or to connect: %2"_s.arg(
                        name, reply.errorString()),
                    u"proxy"_s);
    return made(u"the proxy %1: %2"_s.arg(name, reply.errorString()), u"proxy"_s);
}

base::ErrorCode codeFor(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        return base::ErrorCode::UntrustedServer;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return base::ErrorCode::Protocol;
    default:
        return base::ErrorCode::Network;
    }
}

} // namespace

ReplyReader::ReplyReader(QNetworkReply* reply, qint64 bodyLimit)
    : m_reply(reply)
    , m_bodyLimit(bodyLimit)
{
    connect(reply, &QNetworkReply::metaDataChanged, this, &ReplyReader::checkLength);
    connect(reply, &QNetworkReply::readyRead, this, &ReplyReader::read);
    connect(reply, &QNetworkReply::finished, this, &ReplyReader::finish);
    connect(reply, &QNetworkReply::sslErrors, this, &ReplyReader::rememberTlsErrors);
}

ReplyReader::~ReplyReader()
{
    disconnect(m_reply, nullptr, this, nullptr);
    if (m_reply->isRunning())
        m_reply->abort();
    m_reply->deleteLater();
}

void ReplyReader::expireAfter(std::chrono::milliseconds duration)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { fail(base::ErrorCode::Timeout, server() + u" did not answer in time"_s); });
    m_deadline.start(duration);
}

void ReplyReader::cancel()
{
    const auto outcome = m_outcome;
    outcome.deliver(base::failed(base::ErrorCode::Cancelled, u"stopped"_s));
}

void ReplyReader::checkLength()
{
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (length > m_bodyLimit && m_reply->operation() != QNetworkAccessManager::HeadOperation)
        fail(base::ErrorCode::Protocol, u"%1 sends more than %2 bytes"_s.arg(server()).arg(m_bodyLimit));
}

void ReplyReader::read()
{
    if (m_body.size() + m_reply->bytesAvailable() > m_bodyLimit)
        fail(base::ErrorCode::Protocol, u"%1 sends more than %2 bytes"_s.arg(server()).arg(m_bodyLimit));
    else
        m_body += m_reply->readAll();
}

void ReplyReader::finish()
{
    read();
    if (isOfProxy(*m_reply))
        failAtProxy();
    else if (isAnswer(*m_reply))
        m_outcome.deliver(response());
    else if (!m_tlsErrors.isEmpty())
        fail(base::ErrorCode::UntrustedServer, u"%1 is not trusted: %2"_s.arg(server(), m_tlsErrors.join(u"; "_s)));
    else
        fail(codeFor(m_reply->error()), server() + u": "_s + m_reply->errorString());
}

void ReplyReader::rememberTlsErrors(const QList<QSslError>& errors)
{
    for (const QSslError& error : errors)
        if (!m_tlsErrors.contains(error.errorString()))
            m_tlsErrors.append(error.errorString());
}

void ReplyReader::failAtProxy()
{
    m_outcome.deliver(tl::unexpected(proxyError(*m_reply)));
}

void ReplyReader::fail(base::ErrorCode code, const QString& detail)
{
    m_outcome.deliver(base::failed(code, detail));
}

HttpResponse ReplyReader::response()
{
    HttpResponse response;
    response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.headers = m_reply->rawHeaderPairs();
    response.body = std::exchange(m_body, QByteArray());
    response.url = m_reply->url();
    return response;
}

QString ReplyReader::server() const
{
    return m_reply->url().authority(QUrl::FullyEncoded);
}

} // namespace http
