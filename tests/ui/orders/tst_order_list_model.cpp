// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_list_model.h"

#include "support/test_program.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace tst_order_list_model {

using namespace Qt::StringLiterals;
using lifecycle::OrderRow;
using ui::OrderListModel;

namespace {

OrderRow orderOf(const QString& id, lifecycle::OrderState state = lifecycle::OrderState::Authorizing)
{
    OrderRow order;
    order.id = id;
    order.names = {id + u".corp.example"_s};
    order.state = state;
    order.running = true;
    order.createdAt = QDateTime::currentDateTimeUtc();
    return order;
}

/// The model with what it would read.
class Scene {
public:
    explicit Scene(const QStringList& ids)
        : model([this](int offset, int limit, QObject*, const OrderListModel::Reply& reply) {
            reply(stored.mid(offset, limit));
        })
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        tester.setUseFetchMore(false);
        read(ids);
    }

    void read(const QStringList& ids)
    {
        stored.clear();
        for (const QString& id : ids)
            stored.append(orderOf(id));
        model.reload();
    }

    QStringList shown() const
    {
        QStringList ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.index(row, OrderListModel::Names).data().toString().section(u'.', 0, 0));
        return ids;
    }

    QList<OrderRow> stored;
    OrderListModel model;
    QAbstractItemModelTester tester;
};

} // namespace

/// The list of orders while orders are placed and go on.
class OrderListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersThatGoOnStaySelected()
    {
        Scene scene({u"b"_s, u"a"_s});
        const QPersistentModelIndex selected = scene.model.index(1, 0);
        scene.stored[1].state = lifecycle::OrderState::Issued;
        scene.model.reload();
        QVERIFY(selected.isValid());
        QCOMPARE(selected.data().toString(), u"Issued"_s);
    }

    void onlyCellsThatMayDifferAreTold()
    {
        Scene scene({u"c"_s, u"b"_s, u"a"_s});
        QSignalSpy changed(&scene.model, &QAbstractItemModel::dataChanged);
        scene.model.reload();
        QCOMPARE(changed.size(), 0);
        scene.stored[1].error = u"no answer"_s;
        scene.model.reload();
        QVERIFY(!changed.isEmpty());
        for (const QVariantList& told : std::as_const(changed)) {
            QCOMPARE(told[0].toModelIndex(), told[1].toModelIndex());
            QCOMPARE(told[0].toModelIndex().row(), 1);
        }
        QCOMPARE(scene.model.index(1, OrderListModel::Error).data().toString(), u"no answer"_s);
    }

    void aNewerOrderComesFirstAndTheSelectionStaysWithItsOrder()
    {
        Scene scene({u"b"_s, u"a"_s});
        const QPersistentModelIndex selected = scene.model.index(0, 0);
        scene.read({u"d"_s, u"c"_s, u"b"_s, u"a"_s});
        QCOMPARE(scene.shown(), QStringList({u"d"_s, u"c"_s, u"b"_s, u"a"_s}));
        QVERIFY(selected.isValid());
        QCOMPARE(selected.row(), 2);
        QCOMPARE(scene.model.order(selected.row()).id, u"b"_s);
    }

    void whatNoLongerFitsThePageIsFetchedAgainWhenItIsScrolledTo()
    {
        QStringList ids;
        for (int number = 300; number > 0; --number)
            ids.append(u"o%1"_s.arg(number));
        Scene scene(ids);
        QCOMPARE(scene.model.rowCount(), 200);
        scene.read(QStringList {u"new"_s} + ids);
        QCOMPARE(scene.shown(), QStringList {u"new"_s} + ids.mid(0, 199));
        QVERIFY(scene.model.canFetchMore({}));
        scene.model.fetchMore({});
        QCOMPARE(scene.shown(), QStringList {u"new"_s} + ids);
    }

    void whatChangedOtherwiseIsShownAnew_data()
    {
        QTest::addColumn<QStringList>("later");
        QTest::newRow("nothing left") << QStringList();
        QTest::newRow("one is gone") << QStringList({u"c"_s, u"a"_s});
        QTest::newRow("the first is gone") << QStringList({u"b"_s, u"a"_s});
        QTest::newRow("all others") << QStringList({u"x"_s, u"y"_s});
        QTest::newRow("another order") << QStringList({u"a"_s, u"b"_s, u"c"_s});
        QTest::newRow("older ones") << QStringList({u"c"_s, u"b"_s, u"a"_s, u"0"_s});
    }

    void whatChangedOtherwiseIsShownAnew()
    {
        QFETCH(QStringList, later);
        Scene scene({u"c"_s, u"b"_s, u"a"_s});
        scene.read(later);
        QCOMPARE(scene.shown(), later);
    }
};

SEALWRIGHT_WINDOW_TEST(OrderListModelTest)

} // namespace tst_order_list_model

#include "tst_order_list_model.moc"
