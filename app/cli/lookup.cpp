// SPDX-License-Identifier: Apache-2.0
#include "app/cli/lookup.h"

#include "app/cli/session.h"
#include "lifecycle/authorities.h"

#include <QRegularExpression>
#include <QTimeZone>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

std::chrono::seconds unitOf(QStringView suffix)
{
    if (suffix == u"d")
        return std::chrono::hours(24);
    if (suffix == u"h")
        return std::chrono::hours(1);
    return suffix == u"m" ? std::chrono::minutes(1) : std::chrono::seconds(1);
}

} // namespace

Task<Result<lifecycle::Authority>> authorityNamed(Session& session, QString nameOrId)
{
    auto authority = co_await session.engine().authorities().find(nameOrId);
    if (!authority && authority.error().code() == base::ErrorCode::NotFound)
        co_return base::failed(base::ErrorCode::NotFound, u"there is no authority “%1”"_s.arg(nameOrId));
    co_return authority;
}

Task<Result<QHash<QString, QString>>> authorityNames(Session& session)
{
    auto authorities = co_await session.engine().authorities().all();
    if (!authorities)
        co_return base::failed(std::move(authorities).error());
    QHash<QString, QString> names;
    for (const lifecycle::Authority& authority : *authorities)
        names.insert(authority.id, authority.name);
    co_return names;
}

Result<QString> requiredOption(const Arguments& arguments, const QString& name)
{
    const QString value = arguments.value(name);
    if (value.isEmpty())
        return badOption(name, u"is needed"_s);
    return value;
}

Result<std::optional<std::chrono::milliseconds>> durationOption(const Arguments& arguments, const QString& name)
{
    if (!arguments.has(name))
        return std::nullopt;
    static const QRegularExpression form(u"^(\\d{1,6})([smhd]?)$"_s);
    const auto match = form.match(arguments.value(name));
    if (!match.hasMatch())
        return badOption(name, u"“%1” is no duration; write 90s, 10m, 2h or 1d"_s.arg(arguments.value(name)));
    return std::chrono::milliseconds(unitOf(match.capturedView(2)) * match.captured(1).toInt());
}

Result<QDateTime> momentOption(const Arguments& arguments, const QString& name)
{
    if (!arguments.has(name))
        return QDateTime();
    QDateTime moment = QDateTime::fromString(arguments.value(name), Qt::ISODate);
    if (!moment.isValid())
        return badOption(name,
                         u"“%1” is no moment; write 2027-01-31 or 2027-01-31T12:00:00Z"_s.arg(arguments.value(name)));
    if (moment.timeSpec() == Qt::LocalTime)
        moment.setTimeSpec(Qt::UTC);
    return moment.toUTC();
}

Result<int> numberOption(const Arguments& arguments, const QString& name, int minimum, int maximum, int otherwise)
{
    if (!arguments.has(name))
        return otherwise;
    bool isNumber = false;
    const int number = arguments.value(name).toInt(&isNumber);
    if (!isNumber || number < minimum || number > maximum)
        return badOption(name, u"write a number from %1 to %2"_s.arg(minimum).arg(maximum));
    return number;
}

} // namespace cli
