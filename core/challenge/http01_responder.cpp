// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_responder.h"

#include "challenge/http01_request.h"

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

QByteArray response(const QByteArray& status, const QByteArray& body, bool headOnly)
{
    const QByteArray head = "HTTP/1.1 " + status + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n";
    return headOnly ? head : head + body;
}

/// One request and its answer.
class RequestReading final : public Conversation {
public:
    explicit RequestReading(const QHash<QByteArray, QByteArray>& answers)
        : m_answers(answers)
    {
    }

    Turn hear(QByteArrayView bytes) override
    {
        m_heard.append(bytes.first(qMin(bytes.size(), MaximumHttp01Request - m_heard.size())));
        const Http01Request request = parseHttp01Request(m_heard);
        if (request.kind == Http01Request::Kind::Incomplete)
            return {};
        return {answerTo(request), true};
    }

private:
    QByteArray answerTo(const Http01Request& request) const
    {
        const auto answer = m_answers.constFind(request.token);
        if (request.kind != Http01Request::Kind::Token || answer == m_answers.cend())
            return response("404 Not Found", {}, request.headOnly);
        return response("200 OK", *answer, request.headOnly);
    }

    const QHash<QByteArray, QByteArray>& m_answers;
    QByteArray m_heard;
};

} // namespace

Http01Responder::Http01Responder(ResponderLimits limits)
    : m_listener(limits, [this] { return std::make_unique<RequestReading>(m_answers); })
{
}

base::Result<void> Http01Responder::listen(const ListenAddress& address)
{
    return m_listener.listen(address,
                             u"listen on another port behind a redirect, or answer from the folder of the web server "
                             "that runs there (webroot)"_s);
}

void Http01Responder::present(const QString& token, const QString& keyAuthorization)
{
    m_answers.insert(token.toLatin1(), keyAuthorization.toUtf8());
}

void Http01Responder::remove(const QString& token)
{
    m_answers.remove(token.toLatin1());
}

} // namespace challenge
