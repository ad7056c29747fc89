// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/revocation_words.h"

#include <QCoreApplication>

namespace ui {
namespace {

struct RevocationWords {
    Q_DECLARE_TR_FUNCTIONS(ui::RevocationWords)
};

} // namespace

QList<int> offeredRevocationReasons()
{
    return {0, 1, 4, 5, 3, 9};
}

QString revocationReasonText(int reason)
{
    switch (reason) {
    case 0:
        return RevocationWords::tr("Unspecified");
    case 1:
        return RevocationWords::tr("Key compromise – the key may be in wrong hands");
    case 3:
        return RevocationWords::tr("Affiliation changed – the names belong to somebody else now");
    case 4:
        return RevocationWords::tr("Superseded – another certificate took its place");
    case 5:
        return RevocationWords::tr("Cessation of operation – what it was for is gone");
    case 9:
        return RevocationWords::tr("Privilege withdrawn");
    default:
        return RevocationWords::tr("Reason %1").arg(reason);
    }
}

} // namespace ui
