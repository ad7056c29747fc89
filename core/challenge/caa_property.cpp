// SPDX-License-Identifier: Apache-2.0
#include "challenge/caa_property.h"

#include <QRegularExpression>
#include <QStringList>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

/// One word of the grammar: `label` and `tag` are the same.
const QString word = u"[A-Za-z0-9](?:-*[A-Za-z0-9])*"_s;

const QRegularExpression& issuerPattern()
{
    static const QRegularExpression pattern(u"\\A%1(?:\\.%1)*\\z"_s.arg(word));
    return pattern;
}

const QRegularExpression& parameterPattern()
{
    static const QRegularExpression pattern(u"\\A(%1)[ \t]*=[ \t]*([\\x21-\\x3a\\x3c-\\x7e]*)\\z"_s.arg(word));
    return pattern;
}

QString withoutBlanks(QStringView text)
{
    const auto isBlank = [](QChar character) { return character == u' ' || character == u'\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text.toString();
}

std::optional<QList<CaaProperty::Parameter>> parametersIn(const QStringList& texts)
{
    QList<CaaProperty::Parameter> parameters;
    for (const QString& text : texts) {
        const auto match = parameterPattern().match(withoutBlanks(text));
        if (!match.hasMatch())
            return std::nullopt;
        parameters.append({match.captured(1), match.captured(2)});
    }
    return parameters;
}

} // namespace

std::optional<CaaProperty> CaaProperty::parse(const QByteArray& value)
{
    QStringList parts = QString::fromLatin1(value).split(u';');
    CaaProperty property;
    property.issuer = withoutBlanks(parts.takeFirst()).toLower();
    if (!property.issuer.isEmpty() && !issuerPattern().match(property.issuer).hasMatch())
        return std::nullopt;
    // what is between the last semicolon and the end may be missing, as in ";"
    if (parts.size() == 1 && withoutBlanks(parts.constFirst()).isEmpty())
        return property;
    auto parameters = parametersIn(parts);
    if (!parameters)
        return std::nullopt;
    property.parameters = *std::move(parameters);
    return property;
}

QStringList CaaProperty::values(QStringView tag) const
{
    QStringList found;
    for (const Parameter& parameter : parameters)
        if (parameter.tag == tag)
            found.append(parameter.value);
    return found;
}

} // namespace challenge
