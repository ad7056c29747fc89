// SPDX-License-Identifier: Apache-2.0
#include "crypto/pem.h"

#include "base/secret.h"

#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype lineLength = 64;
constexpr QByteArrayView beginning("-----BEGIN ");
constexpr QByteArrayView dashes("-----");

bool startsLine(QByteArrayView text, qsizetype at)
{
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

qsizetype nextBeginning(QByteArrayView text, qsizetype from)
{
    qsizetype at = text.indexOf(beginning, from);
    while (at >= 0 && !startsLine(text, at))
        at = text.indexOf(beginning, at + 1);
    return at;
}

bool isBlank(char character)
{
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

base::Result<QByteArray> decodeBody(QByteArrayView body)
{
    QByteArray compact;
    compact.reserve(body.size());
    for (const char character : body)
        if (!isBlank(character))
            compact.append(character);
    auto decoded = QByteArray::fromBase64Encoding(compact, QByteArray::AbortOnBase64DecodingErrors);
    base::wipe(compact); // may have been a private key
    if (!decoded || decoded.decoded.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"a PEM block is not base64"_s);
    return std::move(decoded.decoded);
}

/// Appends the block that begins at `at`, unless it is one of the old encryption; answers where it ends.
base::Result<qsizetype> appendBlock(QByteArrayView text, qsizetype at, QList<PemBlock>& blocks)
{
    const qsizetype labelStart = at + beginning.size();
    const qsizetype labelEnd = text.indexOf(dashes, labelStart);
    const QByteArray label = text.sliced(labelStart, std::max<qsizetype>(labelEnd - labelStart, 0)).toByteArray();
    const QByteArray ending = "-----END " + label + dashes.toByteArray();
    const qsizetype end = labelEnd < 0 ? -1 : text.indexOf(ending, labelEnd);
    const qsizetype next = nextBeginning(text, labelStart);
    if (end < 0 || label.contains('\n') || (next >= 0 && next < end))
        return base::failed(base::ErrorCode::InvalidInput, u"a PEM block does not end"_s);
    const QByteArrayView body = text.sliced(labelEnd + dashes.size(), end - labelEnd - dashes.size());
    if (!body.contains(':')) {
        auto der = decodeBody(body);
        if (!der)
            return base::failed(std::move(der).error());
        blocks.append(PemBlock {label, *std::move(der)});
    }
    return end + ending.size();
}

} // namespace

base::Result<QList<PemBlock>> decodePem(QByteArrayView text)
{
    QList<PemBlock> blocks;
    for (qsizetype at = nextBeginning(text, 0); at >= 0;) {
        const auto end = appendBlock(text, at, blocks);
        if (!end) {
            for (PemBlock& block : blocks)
                base::wipe(block.der);
            return base::failed(end.error());
        }
        at = nextBeginning(text, *end);
    }
    return blocks;
}

QByteArray encodePem(QByteArrayView label, QByteArrayView der)
{
    const QByteArray name = label.toByteArray();
    QByteArray body = QByteArray::fromRawData(der.data(), der.size()).toBase64();
    QByteArray text;
    text.reserve(body.size() + body.size() / lineLength + 2 * name.size() + 40);
    text += "-----BEGIN " + name + "-----\n";
    for (qsizetype at = 0; at < body.size(); at += lineLength)
        text.append(QByteArrayView(body).sliced(at, std::min(lineLength, body.size() - at))).append('\n');
    text += "-----END " + name + "-----\n";
    base::wipe(body);
    return text;
}

} // namespace crypto
