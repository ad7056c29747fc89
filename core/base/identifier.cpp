// SPDX-License-Identifier: Apache-2.0
#include "base/identifier.h"

#include <QHostAddress>
#include <QSet>
#include <QUrl>

#include <utility>

namespace base {
namespace {

using namespace Qt::StringLiterals;

constexpr int longestName = 253;
constexpr int longestLabel = 63;

tl::unexpected<Error> refuse(const QString& text, const QString& reason)
{
    return invalid(u"names"_s, u"“%1” %2"_s.arg(text, reason));
}

bool isLabelCharacter(QChar character)
{
    const char16_t c = character.unicode();
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
}

QString labelFault(QStringView label)
{
    if (label.isEmpty())
        return u"has an empty label (two dots, or a dot at the start)"_s;
    if (label.size() > longestLabel)
        return u"has a label longer than 63 characters"_s;
    if (label.startsWith(u'-') || label.endsWith(u'-'))
        return u"has a label that begins or ends with a hyphen"_s;
    for (const QChar character : label)
        if (!isLabelCharacter(character))
            return u"has the character “%1”, which no DNS name can have"_s.arg(character);
    return QString();
}

QString nameFault(const QString& name)
{
    if (name.size() > longestName)
        return u"is longer than 253 characters"_s;
    const QStringList labels = name.split(u'.');
    for (const QString& label : labels)
        if (const QString fault = labelFault(label); !fault.isEmpty())
            return fault;
    bool number = false;
    labels.last().toULongLong(&number);
    return number ? u"is neither a DNS name nor an IP address"_s : QString();
}

bool isAscii(const QString& text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 128; });
}

} // namespace

Identifier::Identifier(Type type, QString value)
    : m_type(type)
    , m_value(std::move(value))
{
}

Result<Identifier> Identifier::parse(const QString& text)
{
    QString name = text.trimmed();
    if (name.isEmpty())
        return invalid(u"names"_s, u"a name is empty"_s);
    QString bare = name;
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.mid(1, bare.size() - 2);
    QHostAddress address;
    if ((bare.contains(u':') || bare.count(u'.') == 3) && address.setAddress(bare) && address.scopeId().isEmpty())
        return Identifier(Type::Ip, address.toString());
    const bool wildcard = name.startsWith(u"*."_s);
    QString base = wildcard ? name.mid(2) : name;
    if (base.endsWith(u'.'))
        base.chop(1);
    if (!isAscii(base)) {
        base = QString::fromLatin1(QUrl::toAce(base));
        if (base.isEmpty())
            return refuse(text, u"is no valid internationalized name"_s);
    }
    base = base.toLower();
    if (const QString fault = nameFault(base); !fault.isEmpty())
        return refuse(text, fault);
    return Identifier(Type::Dns, wildcard ? u"*."_s + base : base);
}

bool Identifier::isWildcard() const
{
    return m_type == Type::Dns && m_value.startsWith(u"*."_s);
}

QString Identifier::baseName() const
{
    return isWildcard() ? m_value.mid(2) : m_value;
}

QString Identifier::typeName() const
{
    return m_type == Type::Ip ? u"ip"_s : u"dns"_s;
}

QString Identifier::displayName() const
{
    if (m_type == Type::Ip || !m_value.contains(u"xn--"_s))
        return m_value;
    // Without Qt's list of top-level domains, which knows no internal one.
    const QString shown = QUrl::fromAce(baseName().toLatin1(), QUrl::IgnoreIDNWhitelist);
    return isWildcard() ? u"*."_s + shown : shown;
}

Result<QList<Identifier>> parseIdentifiers(const QStringList& texts)
{
    QList<Identifier> identifiers;
    QSet<QString> seen; // a certificate may have thousands of names
    for (const QString& text : texts) {
        auto identifier = Identifier::parse(text);
        if (!identifier)
            return tl::unexpected(std::move(identifier).error());
        const qsizetype before = seen.size();
        seen.insert(identifier->value());
        if (seen.size() > before)
            identifiers.append(*std::move(identifier));
    }
    if (identifiers.isEmpty())
        return invalid(u"names"_s, u"no name was given"_s);
    return identifiers;
}

QStringList identifierValues(const QList<Identifier>& identifiers)
{
    QStringList values;
    values.reserve(identifiers.size());
    for (const Identifier& identifier : identifiers)
        values.append(identifier.value());
    return values;
}

} // namespace base
