// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dns/record.h"

#include <QByteArrayView>
#include <QList>

namespace dns {

/// RCODE of RFC 1035 section 4.1.1 and RFC 2136 section 2.2.
enum class ResponseCode {
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3, ///< NXDOMAIN
    NotImplemented = 4,
    Refused = 5,
    NotAuthoritative = 9, ///< NOTAUTH: not this server's zone, or a TSIG that it does not accept
    NotZone = 10,
};

/// "SERVFAIL", as RFC 1035, RFC 2136 and dig write it.
QString responseCodeName(ResponseCode code);

/// What a reply says. Records of other classes and types are left out.
struct Message {
    quint16 id = 0;
    ResponseCode code = ResponseCode::NoError;
    bool isAuthoritative = false; ///< AA
    QList<Record> answers;
    QList<Record> authority;
};

/// Names longer than a reply could carry, and labels that no server knows, are refused here: InvalidInput.
base::Result<QByteArray> makeQuery(quint16 id, const QString& name, RecordType type);
/// Reads a reply of any origin. Protocol where it is no DNS message: cut off, with a loop of compression pointers, ….
base::Result<Message> readMessage(QByteArrayView wire);

/// Whether `reply` answers `query`, which is our own: a response with its id, its kind of operation and its question
/// (RFC 5452 section 9.1). Errors and answers to updates may come without the question. Reads headers only, so that
/// anybody's bytes may be looked at.
bool isReplyTo(QByteArrayView reply, QByteArrayView query);
/// TC: the rest has to be fetched over TCP.
bool isTruncated(QByteArrayView message);

} // namespace dns
