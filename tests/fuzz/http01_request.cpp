// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_request.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// Whatever strangers send: a token is base64url and stands in the request, and more bytes never undo a decision.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using challenge::Http01Request;
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const Http01Request request = challenge::parseHttp01Request(bytes);
    const bool isToken = request.kind == Http01Request::Kind::Token;
    if (isToken != !request.token.isEmpty())
        std::abort();
    if (isToken && (!challenge::isToken(request.token) || !bytes.contains(request.token)))
        std::abort();
    if (request.kind == Http01Request::Kind::Incomplete && bytes.size() >= challenge::MaximumHttp01Request)
        std::abort();
    const Http01Request earlier = challenge::parseHttp01Request(bytes.first(bytes.size() / 2));
    if (earlier.kind != Http01Request::Kind::Incomplete && earlier.kind != request.kind)
        std::abort();
    return 0;
}
