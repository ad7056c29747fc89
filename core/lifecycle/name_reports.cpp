// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/name_reports.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using Subject = OrderEvent::Subject;

bool isAboutAName(const OrderEvent& event)
{
    return event.subject == Subject::Authorization
        || (event.subject == Subject::Challenge && !event.identifier.isEmpty());
}

void takeAuthorization(NameReport& name, const OrderEvent& event)
{
    name.state = event.state;
    name.error = event.error;
}

void takeChallenge(NameReport& name, const OrderEvent& event)
{
    name.challengeType = event.challengeType;
    name.challengeState = event.state;
    name.challengeError = event.error;
    if (!event.token.isEmpty())
        name.token = event.token;
    if (event.expectedValue.isEmpty())
        return;
    name.expectedAt = event.expectedAt;
    name.expectedValue = event.expectedValue;
}

} // namespace

QList<NameReport> nameReports(const QList<OrderEvent>& events)
{
    QList<NameReport> names;
    QHash<QString, qsizetype> places;
    for (const OrderEvent& event : events) {
        if (!isAboutAName(event))
            continue;
        if (!places.contains(event.identifier)) {
            places.insert(event.identifier, names.size());
            names.append(NameReport {event.identifier});
        }
        NameReport& name = names[places.value(event.identifier)];
        if (event.subject == Subject::Authorization)
            takeAuthorization(name, event);
        else
            takeChallenge(name, event);
    }
    std::stable_partition(names.begin(), names.end(), [](const NameReport& name) { return !name.isProved(); });
    return names;
}

} // namespace lifecycle
