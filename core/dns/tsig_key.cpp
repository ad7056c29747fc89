// SPDX-License-Identifier: Apache-2.0
#include "dns/tsig_key.h"

#include "dns/record.h"

#include <QHash>

#include <optional>
#include <vector>

namespace dns {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Secret;

constexpr auto fileField = "tsigFile"_L1;

/// The words and signs of a file of BIND's configuration language. Views into the file: nothing secret is copied.
class Words {
public:
    explicit Words(QByteArrayView text)
        : m_rest(text)
    {
    }

    /// The next word, quoted text without its quotes, or one of `{ } ;`; nothing at the end.
    QByteArrayView next()
    {
        skipBlanks();
        if (m_rest.isEmpty())
            return {};
        if (m_rest.front() == '"')
            return quoted();
        qsizetype length = 0;
        while (length < m_rest.size() && !isEnd(m_rest[length]))
            ++length;
        return take(qMax<qsizetype>(1, length));
    }

private:
    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
    static bool isEnd(char c) { return isBlank(c) || c == '{' || c == '}' || c == ';' || c == '"'; }

    QByteArrayView take(qsizetype length)
    {
        const QByteArrayView taken = m_rest.first(length);
        m_rest = m_rest.sliced(length);
        return taken;
    }

    QByteArrayView quoted()
    {
        take(1);
        const qsizetype end = m_rest.indexOf('"');
        const QByteArrayView text = take(end < 0 ? m_rest.size() : end);
        if (end >= 0)
            take(1);
        return text;
    }

    void skipTo(QByteArrayView end)
    {
        const qsizetype at = m_rest.indexOf(end);
        take(at < 0 ? m_rest.size() : at + end.size());
    }

    void skipBlanks()
    {
        for (;;) {
            while (!m_rest.isEmpty() && isBlank(m_rest.front()))
                take(1);
            if (m_rest.startsWith('#') || m_rest.startsWith("//"))
                skipTo("\n");
            else if (m_rest.startsWith("/*"))
                skipTo("*/");
            else
                return;
        }
    }

    QByteArrayView m_rest;
};

tl::unexpected<base::Error> noKey(const QString& why)
{
    return base::invalid(fileField,
                         u"the file holds no TSIG key as tsig-keygen writes it (key \"NAME\" { algorithm …; "
                         "secret \"…\"; };): %1"_s.arg(why));
}

Result<Secret> decoded(QByteArrayView base64)
{
    const auto bytes = QByteArray::fromBase64Encoding(QByteArray::fromRawData(base64.data(), base64.size()),
                                                      QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes || bytes.decoded.isEmpty())
        return noKey(u"its secret is not base64"_s);
    QByteArray owned = bytes.decoded;
    Secret secret {QByteArrayView(owned)};
    base::wipe(owned);
    return secret;
}

/// What stands between the braces of one key.
Result<TsigKey> readKey(Words& words)
{
    QHash<QByteArray, QByteArrayView> statements;
    const QString name = normalName(QString::fromLatin1(words.next()));
    if (name.isEmpty() || words.next() != "{")
        return noKey(u"its name is missing"_s);
    for (QByteArrayView word = words.next(); word != "}"; word = words.next()) {
        if (word.isEmpty())
            return noKey(u"it ends in the middle"_s);
        statements.insert(word.toByteArray().toLower(), words.next());
        if (words.next() != ";")
            return noKey(u"a semicolon is missing"_s);
    }
    const QString algorithm = normalName(QString::fromLatin1(statements.value("algorithm")));
    if (auto digest = tsigDigest(algorithm); !digest)
        return base::failed(std::move(digest).error());
    auto secret = decoded(statements.value("secret"));
    if (!secret)
        return base::failed(std::move(secret).error());
    return TsigKey {name, algorithm, *std::move(secret)};
}

} // namespace

Result<crypto::DigestAlgorithm> tsigDigest(const QString& algorithm)
{
    if (algorithm == "hmac-sha1"_L1)
        return crypto::DigestAlgorithm::Sha1;
    if (algorithm == "hmac-sha256"_L1)
        return crypto::DigestAlgorithm::Sha256;
    if (algorithm == "hmac-sha384"_L1)
        return crypto::DigestAlgorithm::Sha384;
    if (algorithm == "hmac-sha512"_L1)
        return crypto::DigestAlgorithm::Sha512;
    if (algorithm.isEmpty())
        return noKey(u"its algorithm is missing"_s);
    return base::failed(
        base::Error(base::ErrorCode::Unsupported,
                    u"keys of \"%1\" are not supported: make one with tsig-keygen -a hmac-sha256 "
                    "(hmac-sha1, hmac-sha384 and hmac-sha512 are possible too)"_s.arg(algorithm.left(100)))
            .about(fileField));
}

Result<TsigKey> parseTsigKeyFile(const Secret& contents)
{
    Words words(contents.view());
    std::optional<TsigKey> found;
    for (QByteArrayView word = words.next(); !word.isEmpty(); word = words.next()) {
        if (word == ";")
            continue;
        if (word.compare("key", Qt::CaseInsensitive) != 0)
            return noKey(u"it begins with something else"_s);
        if (found)
            return base::invalid(fileField, u"the file holds several TSIG keys: give one with the key to use alone"_s);
        auto key = readKey(words);
        if (!key)
            return key;
        found = *std::move(key);
    }
    if (!found)
        return noKey(u"it is empty"_s);
    return *std::move(found);
}

} // namespace dns
