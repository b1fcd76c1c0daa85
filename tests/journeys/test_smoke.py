def test_the_start_page_opens(visitor):
    assert "Hulp in de buurt" in visitor.get("/nl/").text
def test_leeuwarden(visitor_of_leeuwarden):
    assert "Leeuwarden" in visitor_of_leeuwarden.get("/nl/").text
