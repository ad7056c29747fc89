// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace base {

/// A value of an enumeration and the name that formats, servers and the command line know it by.
template <typename Value>
struct Named {
    Value value;
    const char16_t* name;
};

/// The name of a value, or `otherwise` where the table has none.
template <typename Value, std::size_t size>
QString nameIn(const std::array<Named<Value>, size>& table, Value value, const QString& otherwise = {})
{
    for (const Named<Value>& entry : table)
        if (entry.value == value)
            return QString::fromUtf16(entry.name);
    return otherwise;
}

/// The value that has exactly this name.
template <typename Value, std::size_t size>
std::optional<Value> valueIn(const std::array<Named<Value>, size>& table, QStringView name)
{
    for (const Named<Value>& entry : table)
        if (name == QStringView(entry.name))
            return entry.value;
    return std::nullopt;
}

} // namespace base
