// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpServer>

namespace support {

/// A port of 127.0.0.1 that nobody listens on at this moment.
inline quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no free port: %s", qPrintable(server.errorString()));
    return server.serverPort();
}

} // namespace support
