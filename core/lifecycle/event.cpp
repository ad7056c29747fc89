// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/event.h"

namespace lifecycle {

using namespace Qt::StringLiterals;

QString originName(Origin origin)
{
    switch (origin) {
    case Origin::Desktop:
        return u"desktop"_s;
    case Origin::CommandLine:
        return u"command-line"_s;
    case Origin::Agent:
        return u"agent"_s;
    }
    return QString();
}

Origin originFromName(QStringView name)
{
    for (const auto origin : {Origin::CommandLine, Origin::Agent})
        if (name == originName(origin))
            return origin;
    return Origin::Desktop;
}

} // namespace lifecycle
