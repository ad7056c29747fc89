// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QHostAddress>
#include <QString>

namespace challenge {

/// An address and port to listen on.
struct ListenAddress {
    QHostAddress address;
    quint16 port = 0;

    /// Reads "192.0.2.1:80", "[2001:db8::1]:80", "localhost:5002", "*:80" or ":80" (every address, IPv4 and IPv6).
    ///
    /// InvalidInput about "listenAddress" for anything else, port 0 included.
    static base::Result<ListenAddress> parse(const QString& text);
    /// The inverse, in one canonical form.
    QString toString() const;

    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

} // namespace challenge
