// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace challenge {

/// The longest request that the http-01 responder reads, in bytes.
inline constexpr qsizetype MaximumHttp01Request = 8 * 1024;

/// What the bytes that a client sent so far amount to.
struct Http01Request {
    enum class Kind {
        Incomplete, ///< the head is not over yet
        Token, ///< a well-formed GET or HEAD for `token`
        Refused, ///< anything else: answered with 404, whatever it was
    };

    Kind kind = Kind::Incomplete;
    QByteArray token; ///< base64url characters only (RFC 8555 section 8.3)
    bool headOnly = false; ///< HEAD: the answer has no body
};

/// Reads the head of a request for `/.well-known/acme-challenge/<token>` (RFC 8555 section 8.3, RFC 9112 section 3).
///
/// Pure and bounded: never keeps a part of `bytes` but the token. More than MaximumHttp01Request bytes without the end
/// of the head are Refused; what follows the head is not looked at.
Http01Request parseHttp01Request(QByteArrayView bytes);

/// Whether `text` can be a token: one or more base64url characters (RFC 8555 section 8.3), so also a safe file name.
bool isToken(QByteArrayView text);

} // namespace challenge
