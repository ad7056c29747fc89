// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/order_progress_model.h"

#include "support/test_program.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace tst_order_progress_model {

using namespace Qt::StringLiterals;
using lifecycle::OrderEvent;
using ui::OrderProgressModel;
using Subject = OrderEvent::Subject;

namespace {

const QDateTime start(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

OrderEvent happened(int sequence, Subject subject, const QString& state, const QString& identifier = QString())
{
    OrderEvent made;
    made.orderId = u"o"_s;
    made.sequence = sequence;
    made.at = start.addSecs(sequence);
    made.subject = subject;
    made.state = state;
    made.identifier = identifier;
    if (subject == Subject::Challenge)
        made.challengeType = u"http-01"_s;
    return made;
}

QStringList steps(const OrderProgressModel& model, const QModelIndex& parent = {})
{
    QStringList names;
    for (int row = 0; row < model.rowCount(parent); ++row)
        names += model.index(row, OrderProgressModel::Step, parent).data().toString();
    return names;
}

} // namespace

class OrderProgressModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void growsIntoATree();
    void putsFailuresFirstAndValidOnesLast();
    void endsWhatWasOpenWhenTheOrderFails();
    void takesEachEventOnce();
    void keepsWhatToLookAtWhenALaterEventDoesNotRepeatIt();
    void countsDownToTheNextPoll();
    void keepsSelectionStableWhenOnlyAStateChanges();
    void movesNamesWithoutLosingTheSelectionWhenTheyAreProved();
    void countsTheNamesThatAreProved();
    void showsNamesInUnicode();
    void tellsSinceWhenTheAuthorityHasTheOrder();
    void keepsExchangesApart();
    void keepsTheNewestExchangesAlone();
    void tellsNothingWhereNothingIsNew();
};

void OrderProgressModelTest::tellsNothingWhereNothingIsNew()
{
    OrderProgressModel model;
    model.reset({happened(1, Subject::Order, u"pending"_s)});
    QSignalSpy advances(&model, &OrderProgressModel::advanced);
    model.append({});
    model.append({happened(1, Subject::Order, u"pending"_s)});
    QCOMPARE(advances.count(), 0);
    model.append({happened(2, Subject::Order, u"ready"_s)});
    QCOMPARE(advances.count(), 1);
}

void OrderProgressModelTest::growsIntoATree()
{
    OrderProgressModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reset({happened(1, Subject::Order, u"pending"_s),
                 happened(2, Subject::Authorization, u"pending"_s, u"a.example"_s),
                 happened(3, Subject::Challenge, u"processing"_s, u"a.example"_s)});
    model.append({happened(4, Subject::Challenge, u"pending"_s, u"b.example"_s),
                  happened(5, Subject::Finalize, u"sending"_s), happened(6, Subject::Download, u"valid"_s)});
    QCOMPARE(steps(model), QStringList({u"Order"_s, u"a.example"_s, u"b.example"_s, u"Finalize"_s, u"Download"_s}));
    const QModelIndex authorization = model.index(1, 0);
    QCOMPARE(steps(model, authorization), QStringList({u"Challenge http-01"_s}));
    QCOMPARE(model.parent(model.index(0, 0, authorization)), authorization);
}

void OrderProgressModelTest::putsFailuresFirstAndValidOnesLast()
{
    OrderProgressModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reset({happened(1, Subject::Authorization, u"pending"_s, u"a.example"_s),
                 happened(2, Subject::Authorization, u"pending"_s, u"b.example"_s),
                 happened(3, Subject::Authorization, u"pending"_s, u"c.example"_s)});
    model.append({happened(4, Subject::Authorization, u"valid"_s, u"a.example"_s),
                  happened(5, Subject::Authorization, u"invalid"_s, u"c.example"_s)});
    QCOMPARE(steps(model), QStringList({u"c.example"_s, u"b.example"_s, u"a.example"_s}));
}

void OrderProgressModelTest::endsWhatWasOpenWhenTheOrderFails()
{
    const QList<OrderEvent> before {happened(1, Subject::Authorization, u"pending"_s, u"a.example"_s),
                                    happened(2, Subject::Challenge, u"processing"_s, u"a.example"_s),
                                    happened(3, Subject::Authorization, u"valid"_s, u"b.example"_s),
                                    happened(4, Subject::Authorization, u"invalid"_s, u"c.example"_s)};
    const OrderEvent failed = happened(5, Subject::Order, u"failed"_s);
    OrderProgressModel live;
    live.reset(before);
    live.append({failed});
    OrderProgressModel history;
    history.reset(before + QList<OrderEvent> {failed});
    for (const OrderProgressModel* model : {&live, &history}) {
        QCOMPARE(steps(*model), QStringList({u"Order"_s, u"c.example"_s, u"a.example"_s, u"b.example"_s}));
        const QModelIndex open = model->index(2, 0);
        QCOMPARE(open.data(OrderProgressModel::StateRole).toString(), u"ended"_s);
        QCOMPARE(model->index(0, 0, open).data(OrderProgressModel::StateRole).toString(), u"ended"_s);
        QCOMPARE(model->index(1, 0).data(OrderProgressModel::StateRole).toString(), u"invalid"_s);
        QCOMPARE(model->index(3, 0).data(OrderProgressModel::StateRole).toString(), u"valid"_s);
    }
}

void OrderProgressModelTest::takesEachEventOnce()
{
    OrderProgressModel model;
    const QList<OrderEvent> events {happened(1, Subject::Order, u"pending"_s), happened(2, Subject::Order, u"ready"_s)};
    model.reset(events);
    model.append(events);
    QCOMPARE(model.events().size(), 2);
    QCOMPARE(model.index(0, OrderProgressModel::State).data().toString(), u"Ready"_s);
}

void OrderProgressModelTest::keepsWhatToLookAtWhenALaterEventDoesNotRepeatIt()
{
    OrderProgressModel model;
    OrderEvent presented = happened(1, Subject::Challenge, u"presenting"_s, u"a.example"_s);
    presented.token = u"tok"_s;
    presented.expectedValue = u"tok.thumb"_s;
    model.reset({presented, happened(2, Subject::Challenge, u"processing"_s, u"a.example"_s)});
    const OrderEvent* last = model.event(model.index(0, 0, model.index(0, 0)));
    QVERIFY(last);
    QCOMPARE(last->state, u"processing"_s);
    QCOMPARE(last->expectedValue, u"tok.thumb"_s);
}

void OrderProgressModelTest::countsDownToTheNextPoll()
{
    OrderProgressModel model;
    OrderEvent waiting = happened(1, Subject::Finalize, u"waiting"_s);
    waiting.nextPollAt = start.addSecs(7);
    model.reset({waiting});
    model.setNow(start);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QCOMPARE(model.index(0, OrderProgressModel::NextPoll).data().toString(), u"in 7 s"_s);
    model.setNow(start.addSecs(5));
    model.tick(0, 0);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(model.index(0, OrderProgressModel::NextPoll).data().toString(), u"in 2 s"_s);
    model.setNow(start.addSecs(60));
    QCOMPARE(model.index(0, OrderProgressModel::NextPoll).data().toString(), u"now"_s);
}

void OrderProgressModelTest::keepsSelectionStableWhenOnlyAStateChanges()
{
    OrderProgressModel model;
    model.reset({happened(1, Subject::Order, u"pending"_s)});
    const QPersistentModelIndex kept = model.index(0, 0);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.append({happened(2, Subject::Order, u"ready"_s)});
    QCOMPARE(resets.size(), 0);
    QVERIFY(kept.isValid());
}

void OrderProgressModelTest::movesNamesWithoutLosingTheSelectionWhenTheyAreProved()
{
    OrderProgressModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reset({happened(1, Subject::Authorization, u"pending"_s, u"a.example"_s),
                 happened(2, Subject::Challenge, u"pending"_s, u"a.example"_s),
                 happened(3, Subject::Authorization, u"pending"_s, u"b.example"_s)});
    const QPersistentModelIndex kept = model.index(0, 0);
    const QPersistentModelIndex challenge = model.index(0, 0, kept);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.append({happened(4, Subject::Authorization, u"valid"_s, u"a.example"_s)});
    QCOMPARE(resets.size(), 0);
    QCOMPARE(steps(model), QStringList({u"b.example"_s, u"a.example"_s}));
    QCOMPARE(kept.row(), 1);
    QCOMPARE(kept.data().toString(), u"a.example"_s);
    QCOMPARE(challenge.parent(), QModelIndex(kept));
    QCOMPARE(model.find(model.keyOf(challenge)), QModelIndex(challenge));
}

void OrderProgressModelTest::countsTheNamesThatAreProved()
{
    OrderProgressModel model;
    QList<OrderEvent> events;
    for (int i = 1; i <= 2000; ++i)
        events += happened(i, Subject::Authorization, u"pending"_s, u"host%1.example"_s.arg(i));
    model.reset(events);
    QCOMPARE(model.nameCount(), 2000);
    QCOMPARE(model.provedCount(), 0);
    model.append({happened(2001, Subject::Authorization, u"valid"_s, u"host7.example"_s),
                  happened(2002, Subject::Authorization, u"valid"_s, u"host7.example"_s),
                  happened(2003, Subject::Authorization, u"valid"_s, u"host9.example"_s)});
    QCOMPARE(model.provedCount(), 2);
    model.append({happened(2004, Subject::Authorization, u"invalid"_s, u"host9.example"_s)});
    QCOMPARE(model.provedCount(), 1);
}

void OrderProgressModelTest::showsNamesInUnicode()
{
    OrderProgressModel model;
    model.reset({happened(1, Subject::Authorization, u"pending"_s, u"xn--bcher-kva.example"_s)});
    QCOMPARE(steps(model), QStringList {u"bücher.example"_s});
}

void OrderProgressModelTest::tellsSinceWhenTheAuthorityHasTheOrder()
{
    OrderProgressModel model;
    OrderEvent processing = happened(1, Subject::Finalize, u"processing"_s);
    processing.nextPollAt = start.addSecs(60);
    OrderEvent still = happened(30, Subject::Finalize, u"processing"_s);
    still.nextPollAt = start.addSecs(90);
    model.reset({processing, still});
    QCOMPARE(model.processingSince(), start.addSecs(1));
    QCOMPARE(model.nextLook(), start.addSecs(90));
    model.append({happened(31, Subject::Finalize, u"valid"_s)});
    QVERIFY(!model.processingSince().isValid());
}

void OrderProgressModelTest::keepsExchangesApart()
{
    OrderProgressModel model;
    OrderEvent exchange = happened(2, Subject::Exchange, QString());
    exchange.detail = u"POST https://ca/order → 201"_s;
    model.reset({happened(1, Subject::Order, u"pending"_s), exchange});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.exchanges().size(), 1);
}

void OrderProgressModelTest::keepsTheNewestExchangesAlone()
{
    OrderProgressModel model;
    QList<OrderEvent> exchanges;
    for (int i = 1; i <= 500; ++i) {
        exchanges += happened(i, Subject::Exchange, QString());
        exchanges.last().exchange[u"request"_s] = u"{}"_s;
    }
    model.reset(exchanges);
    QVERIFY(model.exchanges().size() < 100);
    QCOMPARE(model.exchanges().last().sequence, 500);
    QVERIFY(!model.exchanges().last().exchange.isEmpty());
    QCOMPARE(model.events().size(), 500);
    for (const OrderEvent& event : model.events())
        QVERIFY(event.exchange.isEmpty());
}

SEALWRIGHT_WINDOW_TEST(OrderProgressModelTest)

} // namespace tst_order_progress_model

#include "tst_order_progress_model.moc"
