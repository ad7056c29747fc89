// SPDX-License-Identifier: Apache-2.0
#include "challenge/http01_request.h"

#include <algorithm>
#include <optional>

namespace challenge {
namespace {

constexpr QByteArrayView endOfLine("\r\n");
constexpr QByteArrayView endOfHead("\r\n\r\n");
constexpr QByteArrayView path("/.well-known/acme-challenge/");

bool isTokenCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

Http01Request refused()
{
    return {Http01Request::Kind::Refused, {}, false};
}

bool takePrefix(QByteArrayView& text, QByteArrayView prefix)
{
    if (!text.startsWith(prefix))
        return false;
    text = text.sliced(prefix.size());
    return true;
}

std::optional<Http01Request> parseRequestLine(QByteArrayView line)
{
    Http01Request request {Http01Request::Kind::Token, {}, false};
    if (!takePrefix(line, "GET ")) {
        if (!takePrefix(line, "HEAD "))
            return std::nullopt;
        request.headOnly = true;
    }
    const qsizetype space = line.indexOf(' ');
    if (space < 0 || !takePrefix(line, path))
        return std::nullopt;
    const QByteArrayView token = line.first(space - path.size());
    const QByteArrayView version = line.sliced(token.size() + 1);
    if (!isToken(token) || (version != "HTTP/1.1" && version != "HTTP/1.0"))
        return std::nullopt;
    request.token = token.toByteArray();
    return request;
}

} // namespace

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

Http01Request parseHttp01Request(QByteArrayView bytes)
{
    const QByteArrayView readable = bytes.first(std::min(bytes.size(), MaximumHttp01Request));
    const qsizetype line = readable.indexOf(endOfLine);
    if (line < 0)
        return readable.size() < MaximumHttp01Request ? Http01Request {} : refused();
    auto request = parseRequestLine(readable.first(line));
    if (!request)
        return refused();
    if (readable.sliced(line).indexOf(endOfHead) >= 0)
        return *std::move(request);
    return readable.size() < MaximumHttp01Request ? Http01Request {} : refused();
}

} // namespace challenge
