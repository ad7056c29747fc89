// SPDX-License-Identifier: Apache-2.0
#include "support/test_program.h"
#include "ui/window/window_fixture.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTimer>

namespace tst_proof_suggestion {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;
using lifecycle::ProofCandidate;
using support::scene;
using support::suggestionScene;
using support::WindowFixture;

/// How the window looks for a way of proving by itself while names are entered.
class ProofSuggestionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_fixture.close(); }
    void choosesTheWayThatItFindsAndSaysWhy();
    void asksOnceAMomentAfterTheLastKey();
    void asksNothingWhereANameIsWrong();
    void tellsWhereNothingWorks();
    void tellsWhatWasUsedTheLastTimeAndWhereThisMachineAnswers();
    void neverOverwritesTheOperatorsOwnChoice();
    void stopsWhereTheOperatorChoosesMeanwhile();
    void canBeStopped();
    void startsAnewForOtherNames();
    void stopsWhileAnotherScreenIsShown();
    void choosesAgainForTheNextCertificate();
    void tellsWhatWasUsedWithThisAuthorityAndNoOther();

private:
    void open(support::Scene played = suggestionScene());
    static qsizetype asked() { return scene().calls.count(u"suggestProof"_s); }
    /// Nothing more has been asked, and nothing will be unless something changes.
    bool staysQuiet(qsizetype before)
    {
        WindowFixture::settle();
        return asked() == before && !m_fixture.find<QTimer>("proofFinderPause")->isActive();
    }
    QString told() { return m_fixture.find<QLabel>("proofFinderText")->text(); }
    QString way() { return m_fixture.find<QComboBox>("proofWay")->currentData().toString(); }
    void setNames(const QString& names) { m_fixture.find<QPlainTextEdit>("newCertificateNames")->setPlainText(names); }
    void chooseWay(const QString& key)
    {
        auto* ways = m_fixture.find<QComboBox>("proofWay");
        ways->setCurrentIndex(ways->findData(key));
        Q_EMIT ways->activated(ways->currentIndex());
    }

    WindowFixture m_fixture;
};

void ProofSuggestionTest::open(support::Scene played)
{
    m_fixture.show(std::move(played));
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
}

void ProofSuggestionTest::choosesTheWayThatItFindsAndSaysWhy()
{
    support::Scene played = suggestionScene();
    played.suggestion.found->reason = ProofCandidate::Reason::Rule;
    played.suggestion.found->zone = u"corp.example"_s;
    open(played);
    m_fixture.type("newCertificateNames", u"db.corp.example"_s);
    QTRY_COMPARE(way(), u"dns"_s);
    QCOMPARE(scene().proofSearch->names, *base::parseIdentifiers({u"db.corp.example"_s}));
    QCOMPARE(scene().proofSearch->authorityId, u"a1"_s);
    QCOMPARE(scene().proofSearch->accountId, u"c1"_s);
    QVERIFY(m_fixture.find("proofFinderText")->isVisible());
    for (const QString& part : {u"Chosen: dns-01 by internal BIND"_s, u"rule for corp.example"_s,
                                u"http-01, answered on 0.0.0.0:80 would not work"_s, u"in use by another program"_s})
        QVERIFY2(told().contains(part), qPrintable(told()));
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    QCOMPARE(scene().placedOrder->proof.solverId, u"s1"_s);
}

void ProofSuggestionTest::asksOnceAMomentAfterTheLastKey()
{
    open();
    m_fixture.type("newCertificateNames", u"db.corp.example mail.corp.example"_s);
    QCOMPARE(asked(), 0);
    QTRY_COMPARE(asked(), 1);
    QCOMPARE(scene().proofSearch->names.size(), 2);
    QTRY_COMPARE(way(), u"dns"_s);
    QVERIFY(staysQuiet(1)); // choosing asks nothing anew
}

void ProofSuggestionTest::asksNothingWhereANameIsWrong()
{
    open();
    setNames(u"good.example bad..example"_s);
    QVERIFY(staysQuiet(0));
    QVERIFY(!m_fixture.find("proofFinderText")->isVisible());
}

void ProofSuggestionTest::tellsWhereNothingWorks()
{
    support::Scene played = suggestionScene();
    played.suggestion.found.reset();
    open(played);
    const QString before = way();
    setNames(u"db.corp.example"_s);
    QTRY_VERIFY(told().contains(u"No way that is set up"_s));
    QVERIFY2(told().contains(u"in use by another program"_s), qPrintable(told()));
    QCOMPARE(way(), before);
}

void ProofSuggestionTest::tellsWhatWasUsedTheLastTimeAndWhereThisMachineAnswers()
{
    open();
    chooseWay(u"tls-alpn"_s);
    m_fixture.find<QLineEdit>("proofListenAddress")->setText(u"127.0.0.1:8080"_s);
    m_fixture.find<QLineEdit>("proofTlsListenAddress")->setText(u"127.0.0.1:8443"_s);
    setNames(u"db.corp.example"_s);
    m_fixture.click("issueButton");
    QVERIFY(scene().placedOrder);
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    setNames(u"mail.corp.example"_s);
    QTRY_COMPARE(asked(), 1);
    QVERIFY(scene().proofSearch->usual == ProofSettings::tlsAlpn01Listening(u"127.0.0.1:8443"_s));
    QCOMPARE(scene().proofSearch->httpAddress, u"127.0.0.1:8080"_s);
    QCOMPARE(scene().proofSearch->tlsAddress, u"127.0.0.1:8443"_s);
}

void ProofSuggestionTest::neverOverwritesTheOperatorsOwnChoice()
{
    open();
    chooseWay(u"tls-alpn"_s);
    setNames(u"db.corp.example"_s);
    QVERIFY(staysQuiet(0));
    QCOMPARE(way(), u"tls-alpn"_s);
    // nor what is typed for the way that was proposed
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    const QString proposed = way();
    m_fixture.type("proofListenAddress", u"0"_s);
    setNames(u"db.corp.example"_s);
    QVERIFY(staysQuiet(0));
    QCOMPARE(way(), proposed);
}

void ProofSuggestionTest::stopsWhereTheOperatorChoosesMeanwhile()
{
    support::Scene slow = suggestionScene();
    slow.neverAnswers = QStringList(u"suggestProof"_s);
    open(slow);
    setNames(u"db.corp.example"_s);
    QTRY_COMPARE(asked(), 1);
    QVERIFY(m_fixture.find("proofFinderText")->isVisible());
    chooseWay(u"tls-alpn"_s);
    QVERIFY(scene().proofSearchStop.stop_requested());
    QVERIFY(!m_fixture.find("proofFinderText")->isVisible());
    setNames(u"mail.corp.example"_s);
    QVERIFY(staysQuiet(1));
    QCOMPARE(way(), u"tls-alpn"_s);
}

void ProofSuggestionTest::canBeStopped()
{
    support::Scene slow = suggestionScene();
    slow.neverAnswers = QStringList(u"suggestProof"_s);
    open(slow);
    setNames(u"db.corp.example"_s);
    QTRY_VERIFY(m_fixture.find("proofFinderStop")->isVisible());
    QVERIFY(!scene().proofSearchStop.stop_requested());
    m_fixture.click("proofFinderStop");
    QVERIFY(scene().proofSearchStop.stop_requested());
    QVERIFY(!m_fixture.find("proofFinderStop")->isVisible());
    QVERIFY2(told().contains(u"Stopped"_s), qPrintable(told()));
}

void ProofSuggestionTest::startsAnewForOtherNames()
{
    support::Scene slow = suggestionScene();
    slow.neverAnswers = QStringList(u"suggestProof"_s);
    open(slow);
    setNames(u"db.corp.example"_s);
    QTRY_COMPARE(asked(), 1);
    const std::stop_token before = scene().proofSearchStop;
    scene().neverAnswers.clear();
    setNames(u"mail.corp.example"_s);
    QVERIFY(before.stop_requested());
    QTRY_COMPARE(way(), u"dns"_s);
    QCOMPARE(scene().proofSearch->names, *base::parseIdentifiers({u"mail.corp.example"_s}));
}

void ProofSuggestionTest::stopsWhileAnotherScreenIsShown()
{
    support::Scene slow = suggestionScene();
    slow.neverAnswers = QStringList(u"suggestProof"_s);
    open(slow);
    setNames(u"db.corp.example"_s);
    QTRY_COMPARE(asked(), 1);
    m_fixture.window().showScreen(ui::ScreenId::Settings);
    QVERIFY(scene().proofSearchStop.stop_requested());
    scene().neverAnswers.clear();
    m_fixture.window().showScreen(ui::ScreenId::Orders);
    QTRY_COMPARE(way(), u"dns"_s);
}

void ProofSuggestionTest::choosesAgainForTheNextCertificate()
{
    open();
    chooseWay(u"webroot"_s);
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    setNames(u"db.corp.example"_s);
    QTRY_COMPARE(way(), u"dns"_s);
}

void ProofSuggestionTest::tellsWhatWasUsedWithThisAuthorityAndNoOther()
{
    support::Scene played = suggestionScene();
    played.solvers = {{u"s1"_s, u"first"_s, u"192.0.2.1:53"_s}, {u"s2"_s, u"second"_s, u"192.0.2.2:53"_s}};
    played.suggestion.found.reset();
    open(played);
    auto* authorities = m_fixture.find<QComboBox>("newCertificateAuthority");
    auto* solvers = m_fixture.find<QComboBox>("proofSolver");
    for (int used = 0; used < 2; ++used) { // each authority with a solver of its own
        m_fixture.window().navigator().newCertificate(used == 0 ? u"a1"_s : u"a2"_s);
        WindowFixture::settle();
        chooseWay(u"dns"_s);
        solvers->setCurrentIndex(used);
        Q_EMIT solvers->activated(used);
        setNames(u"db.corp.example"_s);
        m_fixture.click("issueButton");
    }
    m_fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
    setNames(u"mail.corp.example"_s);
    QTRY_VERIFY(scene().proofSearch && scene().proofSearch->authorityId == u"a1"_s);
    QCOMPARE(scene().proofSearch->usual->solverId, u"s1"_s);
    authorities->setCurrentIndex(authorities->findData(u"a2"_s));
    QTRY_COMPARE(scene().proofSearch->authorityId, u"a2"_s);
    QVERIFY(scene().proofSearch->usual);
    QCOMPARE(scene().proofSearch->usual->solverId, u"s2"_s);
}

SEALWRIGHT_WINDOW_TEST(ProofSuggestionTest)

} // namespace tst_proof_suggestion

#include "tst_proof_suggestion.moc"
