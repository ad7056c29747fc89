// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/network_resolver.h"
#include "support/await.h"
#include "support/bind_server.h"

#include <algorithm>

namespace support {

/// The TXT values that `bind` answers for `name`, sorted. Ends the test program where it does not answer: nothing must
/// pass for absent because nobody could be asked.
inline QList<QByteArray> txtValues(const BindServer& bind, const QString& name)
{
    dns::NetworkResolver resolver({{QStringLiteral("127.0.0.1"), bind.port()}});
    const auto found = await(resolver.lookup(name, dns::RecordType::Txt, {}));
    if (!found)
        qFatal("%s: %s", qPrintable(name), qPrintable(found.error().message()));
    QList<QByteArray> values;
    for (const dns::Record& record : found->records)
        values.append(record.value);
    std::sort(values.begin(), values.end());
    return values;
}

} // namespace support
