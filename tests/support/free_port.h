// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpServer>
#include <QUdpSocket>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace support {

/// Whether no other test was handed this port and still runs; it is this one's from now on.
inline bool claimPort(quint16 port)
{
    // A name that the system forgets together with this process; sharing it takes no port from anybody.
    sockaddr_un name {};
    name.sun_family = AF_UNIX;
    const QByteArray text = "sealwright-test-port-" + QByteArray::number(port);
    std::copy(text.cbegin(), text.cend(), name.sun_path + 1);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + text.size());
    const int claim = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (claim >= 0 && ::bind(claim, reinterpret_cast<const sockaddr*>(&name), length) == 0)
        return true; // stays open until this process ends
    ::close(claim);
    return false;
}

/// A port of 127.0.0.1 that nobody listens on at this moment, by TCP or UDP.
///
/// A test uses it much later than it asks, and again after a pause. So it is none of those that the system hands to
/// whoever wants any (32768 and more unless it was told otherwise), and no other test is handed it meanwhile.
inline quint16 freePort()
{
    constexpr int first = 16'000;
    constexpr int count = 16'000;
    static int next = static_cast<int>(::getpid()) * 50; // tests that run side by side begin apart
    for (int attempt = 0; attempt < count; ++attempt) {
        const auto port = static_cast<quint16>(first + next++ % count);
        QTcpServer server;
        QUdpSocket socket;
        if (server.listen(QHostAddress::LocalHost, port) && socket.bind(QHostAddress::LocalHost, port)
            && claimPort(port))
            return port;
    }
    qFatal("no free port");
}

} // namespace support
