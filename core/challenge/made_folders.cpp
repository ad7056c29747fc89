// SPDX-License-Identifier: Apache-2.0
#include "challenge/made_folders.h"

namespace challenge {

void MadeFolders::note(const QString& place, const QStringList& folders)
{
    QStringList& made = m_made[place];
    made += folders;
    made.removeDuplicates();
}

void MadeFolders::forget(const QString& place, const QStringList& folders)
{
    QStringList& made = m_made[place];
    made.removeIf([&folders](const QString& folder) { return folders.contains(folder); });
    if (made.isEmpty())
        m_made.remove(place);
}

} // namespace challenge
