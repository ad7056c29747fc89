// SPDX-License-Identifier: Apache-2.0
#include "jose/base64url.h"

namespace jose::base64url {
namespace {

using namespace Qt::StringLiterals;

constexpr auto alphabet = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

QByteArray encode(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(alphabet);
}

base::Result<QByteArray> decode(QByteArrayView text)
{
    auto decoded = QByteArray::fromBase64Encoding(QByteArray::fromRawData(text.data(), text.size()),
                                                  alphabet | QByteArray::AbortOnBase64DecodingErrors);
    // Encoding again finds what Qt lets pass: padding, left-over characters and bits.
    if (!decoded || encode(decoded.decoded) != text)
        return base::failed(base::ErrorCode::InvalidInput, u"this is not base64url"_s);
    return std::move(decoded.decoded);
}

} // namespace jose::base64url
