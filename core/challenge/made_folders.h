// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QStringList>

namespace challenge {

/// Which folders this process has made for answers and not removed yet, so that the last answer in a place takes them
/// away, whichever that is. `place` tells hosts and webroots apart.
class MadeFolders {
public:
    void note(const QString& place, const QStringList& folders);
    void forget(const QString& place, const QStringList& folders);
    QStringList of(const QString& place) const { return m_made.value(place); }

private:
    QHash<QString, QStringList> m_made;
};

} // namespace challenge
