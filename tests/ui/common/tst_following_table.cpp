// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/common/following_table.h"
#include "ui/common/repeated_reading.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace tst_following_table {

using namespace Qt::StringLiterals;

namespace {

struct Fruit {
    QString name;
    int weight = 0;
    bool isRipe = false; ///< in no cell

    const QString& id() const { return name; }
    friend bool operator==(const Fruit&, const Fruit&) = default;
};

class Fruits final : public ui::FollowingTable<Fruit> {
public:
    int columnCount(const QModelIndex& = {}) const override { return 2; }
    mutable int made = 0;

protected:
    Cells cellsOf(const Fruit& fruit) const override
    {
        ++made;
        return {{fruit.name, QString::number(fruit.weight)}, {u"a fruit"_s}, {}};
    }
    QVariant sortValue(const Fruit& fruit, int column) const override
    {
        return column == 1 ? QVariant(fruit.weight) : QVariant();
    }
};

} // namespace

/// Lists whose objects are read again and again while they change.
class FollowingTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesOnlyTheCellsThatDiffer()
    {
        Fruits table;
        table.take({{u"apple"_s, 1}, {u"pear"_s, 2}, {u"plum"_s, 3}});
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
        table.made = 0;
        table.take({{u"apple"_s, 1}, {u"pear"_s, 20}, {u"plum"_s, 3}});
        QCOMPARE(table.made, 1);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex(), table.index(1, 1));
        QCOMPARE(changed[0][1].toModelIndex(), table.index(1, 1));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(table.index(1, 1).data().toString(), u"20"_s);
    }

    /// Whoever filters by what no cell shows is asked again all the same.
    void tellsOfAnItemThatDiffersInNoCell()
    {
        Fruits table;
        table.take({{u"apple"_s, 1}, {u"pear"_s, 2}});
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.take({{u"apple"_s, 1, true}, {u"pear"_s, 2}});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 0);
    }

    void addsWhatIsNewWithoutTouchingTheRest()
    {
        Fruits table;
        table.take({{u"apple"_s, 1}, {u"plum"_s, 3}});
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.made = 0;
        table.take({{u"cherry"_s, 5}, {u"apple"_s, 1}, {u"pear"_s, 2}, {u"plum"_s, 3}});
        QCOMPARE(table.made, 2);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(table.rowCount(), 4);
        QCOMPARE(table.rowOf(u"plum"_s), 1);
        QCOMPARE(table.item(table.rowOf(u"pear"_s)).weight, 2);
    }

    void keepsWhatIsSelectedWhileOthersComeAndGo()
    {
        Fruits table;
        QAbstractItemModelTester tester(&table);
        table.take({{u"apple"_s, 1}, {u"pear"_s, 2}, {u"plum"_s, 3}, {u"quince"_s, 4}});
        const QPersistentModelIndex plum = table.index(2, 0);
        table.take({{u"plum"_s, 3}, {u"quince"_s, 4}, {u"cherry"_s, 5}});
        QVERIFY(plum.isValid());
        QCOMPARE(plum.data().toString(), u"plum"_s);
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(table.rowOf(u"pear"_s), -1);
        for (const QString& name : {u"plum"_s, u"quince"_s, u"cherry"_s})
            QCOMPARE(table.item(table.rowOf(name)).name, name);
    }

    void showsAllAnewWhereNoneIsLeft()
    {
        Fruits table;
        QAbstractItemModelTester tester(&table);
        table.take({{u"apple"_s, 1}, {u"pear"_s, 2}});
        table.take({{u"cherry"_s, 5}});
        QCOMPARE(table.rowCount(), 1);
        QCOMPARE(table.rowOf(u"cherry"_s), 0);
        table.take({});
        QCOMPARE(table.rowCount(), 0);
    }

    void sortsByValuesThatAreNoText()
    {
        Fruits table;
        table.take({{u"apple"_s, 1}});
        QCOMPARE(table.index(0, 1).data(Fruits::SortRole), QVariant(1));
        QCOMPARE(table.index(0, 0).data(Fruits::SortRole), QVariant(u"apple"_s));
    }

    void readsOnceMoreHoweverOftenSomethingChangedMeanwhile()
    {
        int begun = 0;
        ui::RepeatedReading reading([&begun] { ++begun; });
        for (int i = 0; i < 5; ++i)
            reading.begin();
        QCOMPARE(begun, 1);
        reading.ended();
        reading.begin(); // in the pause
        QTRY_COMPARE(begun, 2);
        reading.ended();
        QTest::qWait(0);
        QCOMPARE(begun, 2);
        reading.begin();
        QCOMPARE(begun, 3);
    }
};

SEALWRIGHT_WINDOW_TEST(FollowingTableTest)

} // namespace tst_following_table

#include "tst_following_table.moc"
