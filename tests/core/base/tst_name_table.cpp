// SPDX-License-Identifier: Apache-2.0
#include "base/name_table.h"

#include "support/test_program.h"

#include <QTest>

namespace tst_name_table {

using namespace Qt::StringLiterals;

namespace {

enum class Colour { Red, Green, Blue };

constexpr std::array colourNames {
    base::Named {Colour::Red, u"red"},
    base::Named {Colour::Green, u"green"},
};

} // namespace

/// Values of enumerations and their names.
class TestNameTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAValue() { QCOMPARE(base::nameIn(colourNames, Colour::Green), u"green"_s); }

    void namesAValueThatItLacksAsItsCallerWants()
    {
        QCOMPARE(base::nameIn(colourNames, Colour::Blue, u"unknown"_s), u"unknown"_s);
        QVERIFY(base::nameIn(colourNames, Colour::Blue).isNull());
    }

    void findsAValueByExactlyItsName()
    {
        QVERIFY(base::valueIn(colourNames, u"red") == Colour::Red);
        QVERIFY(!base::valueIn(colourNames, u"Red"));
        QVERIFY(!base::valueIn(colourNames, u""));
    }
};

SEALWRIGHT_TEST(TestNameTable)

} // namespace tst_name_table

#include "tst_name_table.moc"
