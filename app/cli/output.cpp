// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include "base/identifier.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace cli {
namespace {

using namespace Qt::StringLiterals;

void write(FILE* stream, const QByteArray& bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
    std::fflush(stream);
}

QByteArray toJson(const QJsonValue& document)
{
    return document.isArray() ? QJsonDocument(document.toArray()).toJson()
                              : QJsonDocument(document.toObject()).toJson();
}

QString cell(const QJsonValue& value)
{
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue& part : value.toArray())
            parts.append(cell(part));
        return parts.join(u", "_s);
    }
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.isBool() ? (value.toBool() ? u"yes"_s : u"no"_s) : value.toVariant().toString();
}

/// The value of a field for people: names in Unicode.
QString cellOf(const QString& field, const QJsonValue& value)
{
    if (field != u"names" && field != u"identifier")
        return cell(value);
    QStringList shown;
    for (const QJsonValue& name : value.isArray() ? value.toArray() : QJsonArray {value}) {
        const auto parsed = base::Identifier::parse(name.toString());
        shown.append(parsed ? parsed->displayName() : name.toString());
    }
    return shown.join(u", "_s);
}

QList<QStringList> cellsOf(const QJsonArray& rows, const QStringList& columns)
{
    QList<QStringList> table {columns};
    for (const QJsonValue& row : rows) {
        QStringList line;
        for (const QString& column : columns)
            line.append(cellOf(column, row[column]));
        table.append(line);
    }
    return table;
}

QString tableText(const QList<QStringList>& table)
{
    QList<qsizetype> widths(table.constFirst().size(), 0);
    for (const QStringList& line : table)
        for (qsizetype i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    QString text;
    for (const QStringList& line : table) {
        QString padded;
        for (qsizetype i = 0; i < line.size(); ++i)
            padded += line[i].leftJustified(widths[i]) + u"  "_s;
        text += padded.trimmed() + u'\n';
    }
    return text;
}

/// A certificate's report as an indented tree.
QString reportText(const QJsonObject& node, int indent)
{
    const QString margin(indent, u' ');
    QString value = node[u"value"_s].toString();
    value.replace(u'\n', u'\n' + margin + u"    "_s);
    const QString mark = node[u"critical"_s].toBool() ? u" (critical)"_s : QString();
    QString text =
        margin + node[u"label"_s].toString() + mark + (value.isEmpty() ? QString() : u": "_s + value) + u'\n';
    const QJsonArray children = node[u"children"_s].toArray();
    for (const QJsonValue& child : children)
        text += reportText(child.toObject(), indent + 2);
    return text;
}

QString fieldsText(const QJsonObject& object, int indent)
{
    QString text;
    const QString margin(indent, u' ');
    for (auto field = object.begin(); field != object.end(); ++field) {
        const QJsonValue value = field.value();
        if (field.key() == u"report") {
            text += reportText(value.toObject(), indent);
            continue;
        }
        const bool nested = value.isObject() || (value.isArray() && value.toArray().at(0).isObject());
        if (!nested) {
            text += margin + (field.key() + u' ').leftJustified(18) + cellOf(field.key(), value) + u'\n';
            continue;
        }
        text += margin + field.key() + u'\n';
        const QJsonArray children = value.isArray() ? value.toArray() : QJsonArray {value};
        for (const QJsonValue& child : children)
            text += fieldsText(child.toObject(), indent + 2) + (value.isArray() ? u"\n"_s : QString());
    }
    return text;
}

} // namespace

QString asText(const Reply& reply)
{
    if (!reply.text.isEmpty())
        return reply.text;
    if (reply.document.isArray())
        return tableText(cellsOf(reply.document.toArray(), reply.columns));
    return fieldsText(reply.document.toObject(), 0);
}

void print(const Reply& reply, bool json)
{
    if (reply.document.isUndefined() || reply.document.isNull())
        return;
    write(stdout, json ? toJson(reply.document) : asText(reply).toUtf8());
}

void print(const base::Error& error, bool json)
{
    printLine(error.message());
    if (json)
        write(stdout, toJson(QJsonObject {{u"error"_s, error.toJson()}}));
}

void printLine(const QString& line)
{
    write(stderr, line.toUtf8() + '\n');
}

} // namespace cli
