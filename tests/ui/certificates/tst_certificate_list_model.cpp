// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/certificates/certificate_list_model.h"
#include "ui/common/life_left_delegate.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace tst_certificate_list_model {

using namespace Qt::StringLiterals;
using lifecycle::CertificatePage;
using lifecycle::CertificateQuery;
using lifecycle::CertificateRow;
using lifecycle::CertificateState;
using ui::CertificateListModel;

namespace {

constexpr int many = 100000;

CertificateRow row(int number)
{
    CertificateRow made;
    made.id = QString::number(number);
    made.names = {u"host%1.example"_s.arg(number), u"second.example"_s};
    made.notBefore = QDateTime::currentDateTimeUtc().addDays(-45);
    made.notAfter = QDateTime::currentDateTimeUtc().addDays(45);
    made.state = CertificateState::Valid;
    made.tags = {u"prod"_s, u"web"_s};
    return made;
}

} // namespace

class CertificateListModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fetchesPagesOnlyAsTheyAreWanted();
    void dropsTheAnswerToAnOldQuestion();
    void keepsRowsInPlaceWhenTheSameOnesAreReadAgain();
    void asksTheSourceToSort();
    void showsTheFirstNameAndHowManyMore();
    void tellsHowMuchOfTheLifetimeIsLeft();
    void showsTheTags();
    void reportsAFailureAndKeepsWhatItHad();
    void isAnOrderlyModel();

private:
    CertificateListModel::Fetcher answering();
    QList<CertificateQuery> m_queries;
    QList<CertificateListModel::Reply> m_replies;
};

void CertificateListModelTest::init()
{
    m_queries.clear();
    m_replies.clear();
}

CertificateListModel::Fetcher CertificateListModelTest::answering()
{
    return [this](const CertificateQuery& query, QObject*, const CertificateListModel::Reply& reply) {
        m_queries += query;
        CertificatePage page;
        page.total = many;
        page.matching = many;
        for (int number = query.offset; number < query.offset + query.limit; ++number)
            page.rows += row(number);
        reply(page);
    };
}

void CertificateListModelTest::fetchesPagesOnlyAsTheyAreWanted()
{
    CertificateListModel model(answering());
    model.reload();
    QCOMPARE(m_queries.size(), 1);
    QCOMPARE(model.rowCount(), 200);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    QCOMPARE(model.rowCount(), 400);
    QCOMPARE(m_queries.last().offset, 200);
    QCOMPARE(model.matching(), many);
}

void CertificateListModelTest::dropsTheAnswerToAnOldQuestion()
{
    CertificateListModel model(
        [this](const CertificateQuery& query, QObject*, const CertificateListModel::Reply& reply) {
            m_queries += query;
            m_replies += reply;
        });
    model.setFilter(u"old"_s);
    model.setFilter(u"new"_s);
    CertificatePage fresh;
    fresh.rows = {row(2)};
    fresh.matching = 1;
    m_replies.at(1)(fresh);
    CertificatePage stale;
    stale.rows = {row(1), row(3)};
    m_replies.at(0)(stale);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.certificate(0).id, u"2"_s);
}

void CertificateListModelTest::keepsRowsInPlaceWhenTheSameOnesAreReadAgain()
{
    CertificateListModel model(answering());
    model.reload();
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex kept = model.index(7, 0);
    model.reload();
    QCOMPARE(resets.size(), 0);
    QCOMPARE(kept.row(), 7);
}

void CertificateListModelTest::asksTheSourceToSort()
{
    CertificateListModel model(answering());
    model.sort(CertificateListModel::NextRenewal, Qt::DescendingOrder);
    QVERIFY(m_queries.last().sort == CertificateQuery::Sort::RenewAt);
    QVERIFY(m_queries.last().descending);
    QCOMPARE(m_queries.last().offset, 0);
}

void CertificateListModelTest::showsTheFirstNameAndHowManyMore()
{
    CertificateListModel model(answering());
    model.reload();
    const QModelIndex names = model.index(3, CertificateListModel::Names);
    QCOMPARE(names.data().toString(), u"host3.example +1"_s);
    QCOMPARE(names.data(Qt::ToolTipRole).toString(), u"host3.example\nsecond.example"_s);
}

void CertificateListModelTest::tellsHowMuchOfTheLifetimeIsLeft()
{
    CertificateListModel model(answering());
    model.reload();
    const QVariant left = model.index(0, CertificateListModel::LifeLeft).data(ui::LifeLeftDelegate::FractionRole);
    QVERIFY(qAbs(left.toDouble() - 0.5) < 0.01);
    QVERIFY(!model.index(0, CertificateListModel::NotAfter).data(ui::LifeLeftDelegate::FractionRole).isValid());
}

void CertificateListModelTest::showsTheTags()
{
    CertificateListModel model(answering());
    model.reload();
    const QModelIndex tags = model.index(0, CertificateListModel::Tags);
    QCOMPARE(tags.data().toString(), u"prod, web"_s);
    QCOMPARE(tags.data(Qt::ToolTipRole).toString(), u"prod\nweb"_s);
    QCOMPARE(model.headerData(CertificateListModel::Tags, Qt::Horizontal, Qt::DisplayRole).toString(), u"Tags"_s);
    model.sort(CertificateListModel::Tags, Qt::AscendingOrder);
    QVERIFY(m_queries.last().sort == CertificateQuery::Sort::Tags);
}

void CertificateListModelTest::reportsAFailureAndKeepsWhatItHad()
{
    bool failing = false;
    const auto working = answering();
    CertificateListModel model([&](const CertificateQuery& query, QObject* context, CertificateListModel::Reply reply) {
        if (failing)
            return reply(base::failed(base::ErrorCode::Storage, u"disk full"_s));
        working(query, context, std::move(reply));
    });
    model.reload();
    const int before = model.rowCount();
    QSignalSpy failures(&model, &CertificateListModel::failed);
    failing = true;
    model.reload();
    QCOMPARE(failures.size(), 1);
    QCOMPARE(model.rowCount(), before);
}

void CertificateListModelTest::isAnOrderlyModel()
{
    const auto now = answering();
    CertificateListModel model(
        [now](const CertificateQuery& query, QObject* context, CertificateListModel::Reply reply) {
            QMetaObject::invokeMethod(
                context, [=] { now(query, context, reply); }, Qt::QueuedConnection);
        });
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy pages(&model, &CertificateListModel::loaded);
    model.reload();
    QTRY_VERIFY(!pages.isEmpty());
    model.setFilter(u"host"_s);
    QTRY_VERIFY(pages.size() > 2);
    QVERIFY(model.rowCount() >= 200);
}

SEALWRIGHT_WINDOW_TEST(CertificateListModelTest)

} // namespace tst_certificate_list_model

#include "tst_certificate_list_model.moc"
