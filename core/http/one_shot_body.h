// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIODevice>

namespace http {

/// A request body that can be read once.
///
/// QNetworkAccessManager sends a request up to three times more when its connection closes without a reply, which would
/// deliver one POST several times. It cannot do that with a body that does not rewind, and reports the error instead.
class OneShotBody final : public QIODevice {
public:
    OneShotBody(QByteArray body, QObject* parent);

    bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; }
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char* data, qint64 size) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    QByteArray m_body;
    qsizetype m_position = 0;
};

} // namespace http
