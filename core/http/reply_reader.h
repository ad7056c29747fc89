// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/delivery.h"
#include "base/result.h"
#include "http/http_message.h"

#include <QNetworkReply>
#include <QObject>
#include <QTimer>

namespace http {

/// Collects one QNetworkReply up to a bound and a deadline. Aborts and releases the reply when destroyed.
class ReplyReader final : public QObject {
public:
    ReplyReader(QNetworkReply* reply, qint64 bodyLimit);
    ~ReplyReader() override;

    /// Ends with Timeout after `duration`.
    void expireAfter(std::chrono::milliseconds duration);
    /// Ends with Cancelled. Callable from any thread.
    void cancel();
    /// How it ended; to be awaited once.
    const base::Delivery<base::Result<HttpResponse>>& outcome() const { return m_outcome; }

private:
    void checkLength();
    void read();
    void finish();
    void rememberTlsErrors(const QList<QSslError>& errors);
    void failAtProxy();
    void fail(base::ErrorCode code, const QString& detail);
    HttpResponse response();
    QString server() const;

    QNetworkReply* m_reply;
    qint64 m_bodyLimit;
    QByteArray m_body;
    QStringList m_tlsErrors;
    QTimer m_deadline;
    base::Delivery<base::Result<HttpResponse>> m_outcome;
};

} // namespace http
