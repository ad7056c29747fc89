// SPDX-License-Identifier: Apache-2.0
#include "challenge/host_script.h"
#include "challenge/host_view.h"
#include "challenge/http01_responder.h"
#include "support/await.h"
#include "support/bind_server.h"
#include "support/looking_host.h"
#include "support/test_program.h"

#include <QTest>

#include <algorithm>

namespace tst_host_view {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using challenge::HostQuestion;
using challenge::HostView;
using support::await;

/// Looking from a host behind Debian's sshd, with its dig and curl.
class TestHostView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void seesWhatTheHostSees();
    void looksAtManyNamesInBatches();
    void seesTheTextsAndAliasesThatTheHostSees();
    void saysWhySshFails();
    void canBeStopped();
    void refusesHostsThatSshCouldTakeForAnOption_data();
    void refusesHostsThatSshCouldTakeForAnOption();
    void refusesNamesThatAShellCouldTakeForACommand();
    void passesOverWhatALoginPrints();

private:
    QUrl url(const QString& token) const
    {
        return QUrl(u"http://web.corp.example:%1/.well-known/acme-challenge/%2"_s.arg(m_responder.port()).arg(token));
    }

    support::BindServer m_bind {
        {{u"corp.example"_s,
          "web IN A 192.0.2.7\nweb IN AAAA 2001:db8::7\nalias IN CNAME web\n"
          "_acme-challenge.web IN TXT \"one\"\n_acme-challenge.web IN TXT \"in two\" \" parts\"\n"
          "_acme-challenge.alias IN CNAME proof\nproof IN CNAME _acme-challenge.web\n"
          "_acme-challenge.lost IN CNAME nowhere\n"}}};
    challenge::Http01Responder m_responder;
    std::unique_ptr<support::LookingHost> m_host;
};

void TestHostView::initTestCase()
{
    const auto free = challenge::ListenAddress {QHostAddress(QHostAddress::LocalHost), 0};
    QVERIFY(m_responder.listen(free));
    m_responder.present(u"token"_s, u"token.thumbprint"_s);
    m_host = std::make_unique<support::LookingHost>(m_bind.port(), u"web.corp.example"_s, m_responder.port());
}

void TestHostView::seesWhatTheHostSees()
{
    const HostView view(u"probe"_s, m_host->configuration());
    const QList<HostQuestion> questions {
        {u"web.corp.example"_s, url(u"token"_s)}, {u"alias.corp.example"_s, {}}, {u"nothing.corp.example"_s, {}}};
    const auto sights = await(view.look(questions, {}));
    QVERIFY2(sights, sights ? "" : qPrintable(sights.error().message()));
    QCOMPARE(sights->size(), 3);
    QCOMPARE(sights->at(0).addresses, QStringList({u"2001:db8::7"_s, u"192.0.2.7"_s}));
    QVERIFY(sights->at(0).fetched);
    QCOMPARE(sights->at(0).fetched->status, 200);
    QCOMPARE(sights->at(0).fetched->firstLine, "token.thumbprint");
    QCOMPARE(sights->at(1).addresses, QStringList({u"2001:db8::7"_s, u"192.0.2.7"_s}));
    QVERIFY(!sights->at(1).fetched);
    QCOMPARE(sights->at(2).addresses, QStringList());
    const auto missing = await(view.look({{u"web.corp.example"_s, url(u"other"_s)}}, {}));
    QVERIFY(missing && missing->at(0).fetched);
    QCOMPARE(missing->at(0).fetched->status, 404);
}

/// So that what one login has to do is bounded, as is the time that it may take.
void TestHostView::looksAtManyNamesInBatches()
{
    QList<HostQuestion> questions;
    for (int i = 0; i < 25; ++i)
        questions.append({u"nothing%1.corp.example"_s.arg(i), {}});
    questions.append({u"web.corp.example"_s, url(u"token"_s)});
    questions.append({u"nothing.corp.example"_s, {}});
    const int before = m_host->logins();
    const auto sights = await(HostView(u"probe"_s, m_host->configuration()).look(questions, {}));
    QVERIFY2(sights, sights ? "" : qPrintable(sights.error().message()));
    QCOMPARE(sights->size(), questions.size());
    for (qsizetype i = 0; i < questions.size(); ++i) {
        QCOMPARE(sights->at(i).name, questions.at(i).name);
        QVERIFY2(sights->at(i).addresses, qPrintable(questions.at(i).name));
        QCOMPARE(sights->at(i).addresses->isEmpty(), i != 25);
    }
    QVERIFY(sights->at(25).fetched);
    QCOMPARE(sights->at(25).fetched->status, 200);
    QTRY_COMPARE(m_host->logins() - before, 2);
}

void TestHostView::seesTheTextsAndAliasesThatTheHostSees()
{
    const auto question = [](const QString& name) {
        return HostQuestion {name + u".corp.example"_s, {}, u"_acme-challenge."_s + name + u".corp.example"_s, false};
    };
    const QList<HostQuestion> questions {question(u"web"_s), question(u"alias"_s), question(u"lost"_s),
                                         question(u"new"_s)};
    auto sights = await(HostView(u"probe"_s, m_host->configuration()).look(questions, {}));
    QVERIFY2(sights, sights ? "" : qPrintable(sights.error().message()));
    for (challenge::HostSight& sight : *sights) {
        QVERIFY(sight.texts && !sight.addresses);
        std::sort(sight.texts->values.begin(), sight.texts->values.end());
    }
    const QByteArrayList values {"in two parts", "one"};
    QCOMPARE(sights->at(0).texts->values, values);
    QCOMPARE(sights->at(0).texts->aliases, QStringList());
    QCOMPARE(sights->at(1).texts->values, values);
    QCOMPARE(sights->at(1).texts->aliases,
             QStringList({u"proof.corp.example"_s, u"_acme-challenge.web.corp.example"_s}));
    QCOMPARE(sights->at(2).texts->status, u"NXDOMAIN"_s);
    QCOMPARE(sights->at(2).texts->aliases, QStringList(u"nowhere.corp.example"_s));
    QCOMPARE(sights->at(3).texts->status, u"NXDOMAIN"_s);
    QCOMPARE(sights->at(3).texts->values, QByteArrayList());
}

/// Also where ssh's configuration would take any host key.
void TestHostView::saysWhySshFails()
{
    const support::LookingHost unknown(m_bind.port(), u"web.corp.example"_s, m_responder.port());
    unknown.makeUnknown();
    const auto refused = await(HostView(u"probe"_s, unknown.configuration()).look({{u"web.corp.example"_s, {}}}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::Network);
    QVERIFY2(refused.error().message().contains(u"Host key verification failed"_s),
             qPrintable(refused.error().message()));
}

void TestHostView::canBeStopped()
{
    std::stop_source stop;
    auto running = HostView(u"probe"_s, m_host->configuration());
    auto look = running.look({{u"web.corp.example"_s, {}}}, stop.get_token());
    stop.request_stop();
    const auto sights = await(std::move(look));
    QVERIFY(!sights);
    QCOMPARE(sights.error().code(), ErrorCode::Cancelled);
}

void TestHostView::refusesHostsThatSshCouldTakeForAnOption_data()
{
    QTest::addColumn<QString>("host");
    for (const QString& host : {u"-oProxyCommand=touch /tmp/x"_s, QString(), u"a b"_s, u"a;b"_s, u"$(id)"_s, u"a\nb"_s,
                                u"user@-F"_s, u"@host"_s, u"a`b`"_s, u"x"_s.repeated(300)})
        QTest::newRow(qPrintable(host.left(20).replace(u'\n', u' ') + u'.')) << host;
}

void TestHostView::refusesHostsThatSshCouldTakeForAnOption()
{
    QFETCH(QString, host);
    const auto refused = await(HostView(host).look({{u"web.corp.example"_s, {}}}, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::InvalidInput);
    QCOMPARE(refused.error().field(), u"host"_s);
    for (const QString& good : {u"probe"_s, u"root@web-1.corp.example"_s, u"2001:db8::1"_s})
        QVERIFY(HostView::check(good));
}

void TestHostView::refusesNamesThatAShellCouldTakeForACommand()
{
    for (const QString& name : {u"a'b"_s, u"-x"_s, u"a b"_s, u"$(id)"_s, u"a\nb"_s, u"@8.8.8.8"_s})
        QVERIFY2(!challenge::hostScript({{name, {}}}, "mark"), qPrintable(name));
    for (const QString& record : {u"_acme-challenge.a'b"_s, u"+trace"_s, u"@8.8.8.8"_s})
        QVERIFY2(!challenge::hostScript({{u"a.example"_s, {}, record}}, "mark"), qPrintable(record));
    for (const QString& url : {u"http://a/'"_s, u"file:///etc/passwd"_s, u"http://a/$(id)"_s})
        QVERIFY2(!challenge::hostScript({{u"a.example"_s, QUrl(url)}}, "mark"), qPrintable(url));
}

void TestHostView::passesOverWhatALoginPrints()
{
    const auto sights =
        challenge::readHostScript({{u"a.example"_s, {}}}, "mark",
                                  "Welcome!\nmark address a.example ns.a.example.\n"
                                  "mark address a.example 192.0.2.1\nother address a.example 192.0.2.2\n"
                                  "mark resolved a.example\nmark fetched\nmark\nmark address\n"
                                  "mark address b.example 192.0.2.3\nmark fetched a.example 000 \n");
    QCOMPARE(sights.size(), 1);
    QCOMPARE(sights[0].addresses, QStringList(u"192.0.2.1"_s));
    QVERIFY(sights[0].fetched);
    QCOMPARE(sights[0].fetched->status, 0);
}

SEALWRIGHT_TEST(TestHostView)

} // namespace tst_host_view

#include "tst_host_view.moc"
